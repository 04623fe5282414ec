"""Texts of staff in the language of the page: `said` gives words alone, `marked` says where they are English still."""

from django import template
from django.db.models import CharField
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html_join

from sessions import marked, plain_text, translations
from sessions.clocks import dates

register = template.Library()
register.filter("marked", marked.html)
register.filter("marks", marked.attributes)
register.filter(marked.in_english)
register.filter("listed_marked", marked.listed)
register.filter(marked.organisers)


@register.filter
def said(row, name) -> str:
    """A text of one line, such as a title, without characters that turn what stands beside it in a window or a list."""
    text = translations.words(row, name)
    return plain_text.one_line(text) if isinstance(row._meta.get_field(name), CharField) else text


@register.simple_tag
def marked_in_turn(row, *names):
    """Several columns with commas between; one English piece, with English commas, where all of them are English."""
    given = [name for name in names if translations.words(row, name)]
    if given and all(translations.said(row, name).is_fallback for name in given):
        english = [getattr(row, name) for name in given]
        return conditional_escape(marked.in_english(dates.in_turn(english, translations.ENGLISH)))
    return format_html_join(dates.comma(), "{}", ((marked.html(row, name),) for name in given))


@register.tag
def saying(parser, token):
    """{% saying %}…{% endsaying %}: one line comes before, if anything inside is marked as English."""
    nodes = parser.parse(["endsaying"])
    parser.delete_first_token()
    return _Saying(nodes)


class _Saying(template.Node):
    def __init__(self, nodes):
        self.nodelist = nodes

    def render(self, context):
        inside = self.nodelist.render(context)
        return render_to_string("_in_english.html") + inside if marked.AS_ENGLISH in inside else inside
