"""What pages say about the site and about themselves: whom to write to, and what programs that show a link read."""

import json
from datetime import timedelta
from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from sessions import rich_text
from sessions.clocks import dates
from sessions.plain_text import one_line
from sessions.slot_states import DOORS_OPEN_BEFORE

register = template.Library()
register.filter("rich", rich_text.html)
LONGEST_DESCRIPTION = 200
# Namespaces and names of addresses that begin with a language.
SIGN_IN = {"account_request_login_code", "account_confirm_login_code", "account_registrations"}
TRANSLATED = {"sessions", "sign_up"} | SIGN_IN
# What would end the block of data, or begin a tag in it.
ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


@register.simple_tag
def contact_email() -> str:
    return settings.REPLY_TO_EMAIL


@register.simple_tag
def offers_languages() -> bool:
    return len(settings.LANGUAGES) > 1


@register.simple_tag
def minutes_of_open_doors() -> int:
    """How many minutes before the start a meeting opens."""
    return DOORS_OPEN_BEFORE // timedelta(minutes=1)


@register.simple_tag
def full_address(path) -> str:
    return settings.SITE_URL + path


def preview_picture(language) -> str:
    """The file with the picture in this language; that of English had its name before there were others."""
    return "preview.png" if language == settings.LANGUAGE_CODE else f"preview-{language}.png"


@register.inclusion_tag("_preview.html")
def preview(*, title, description, path, picture=None) -> dict:
    """For search engines, and for programs that show a picture and some words in the place of a link.

    `picture` is a PreviewPicture; without one it is that of the site.
    """
    usual = settings.SITE_URL + static(f"img/{preview_picture(translation.get_language())}")
    return {
        "title": one_line(title),
        "description": Truncator(one_line(rich_text.plain(description))).chars(LONGEST_DESCRIPTION),
        "url": settings.SITE_URL + path,
        "picture": picture.address if picture else usual,
        "picture_words": picture.words if picture else "",
    }


@register.inclusion_tag("_languages.html", takes_context=True)
def languages_of(context) -> dict:
    """Links to this page in each language; none where the page is in English alone."""
    request = context.get("request")
    is_choice = request and len(settings.LANGUAGES) > 1 and _is_translated(request)
    is_draft = translation.get_language() in settings.DRAFT_LANGUAGES
    return {"languages": list(_same_page(request)) if is_choice else [], "is_draft": is_draft}


def _is_translated(request) -> bool:
    if hasattr(request, "chooses_language_by"):
        return True
    match = request.resolver_match
    return match is not None and (match.namespace in TRANSLATED or match.url_name in TRANSLATED)


def _same_page(request):
    current = translation.get_language()
    for code, name in settings.LANGUAGES:
        known = translation.get_language_info(code)
        yield {
            "code": code,
            "name": name,
            "dir": "rtl" if known["bidi"] else "ltr",
            "is_current": code == current,
            "address": _address_in(request, code),
        }


def _address_in(request, code) -> str:
    """With a prefix, or where addresses have none, as a question that is remembered."""
    if hasattr(request, "chooses_language_by"):
        asked = request.GET.copy()
        asked[request.chooses_language_by] = code
        return f"?{asked.urlencode()}"
    path = request.get_full_path().removeprefix(f"/{translation.get_language()}/").removeprefix("/")
    return f"/{path}" if code == settings.LANGUAGE_CODE else f"/{code}/{path}"


@register.filter
@cache
def as_mark(mark) -> str:
    """The shape of a stream; a page has up to a hundred."""
    return render_to_string("sessions/_mark.html", {"mark": mark})


@register.filter
def visually_hidden(title) -> str:
    """What a link is about, after its words: for who hears links one by one."""
    return format_html('<span class="visually-hidden">{}{}</span>', dates.colon(), title)


@register.filter
def as_items(links) -> str:
    """Addresses of other sites that open a calendar's own form, as items of a list; a page has up to a hundred."""
    item = '<li><a href="{}" rel="noreferrer">{}</a></li>'
    return format_html_join("", item, ((link.url, link.name) for link in links))


@register.filter
def as_data_block(facts: dict):
    """JSON-LD, which no browser runs: neither is it a script to the content security policy."""
    words = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    # Escaped above, as Django's json_script does.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))  # noqa: S308
