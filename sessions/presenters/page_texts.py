"""The words of the pages about the site: those of staff, or the usual ones, in the reader's language."""

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sessions import marked, rich_text, translations
from sessions.models import PageText

Page = PageText.Page


def text_of(page: Page) -> tuple[SafeString, SafeString]:
    """The text, and the attributes of the element around it: words of staff may be in English still."""
    stored = PageText.objects.filter(page=page).exclude(text="").first()
    if not stored:
        return rich_text.html(usual(page)), SafeString()
    return rich_text.html(translations.words(stored, "text")), marked.attributes(stored, "text")


def usual(page: Page) -> str:
    """The text that comes with the program."""
    return "\n\n".join(_about() if page == Page.ABOUT else _accessibility())


def _about() -> list[str]:
    return [
        _(
            "Minamata Online is a series of online sessions on the Minamata Convention on Mercury: how countries put "
            "it into practice, the science of mercury, and the meetings of its Conference of the Parties. The sessions "
            "are for governments, organizations, scientists, companies and everybody else who wants to follow this "
            "work."
        ),
        _heading(_("Who runs it")),
        _(
            "The Secretariat of the Minamata Convention on Mercury runs Minamata Online. The Convention is an "
            "agreement of governments to protect people and the environment from mercury. Its text, its Parties and "
            "its meetings are on [the website of the Convention](https://minamataconvention.org/)."
        ),
        _heading(_("How a session works")),
        _(
            "A session is a meeting on the internet. Some sessions are held twice, so that people in every region find "
            "a time by day: choose one of the two time slots."
        ),
        _(
            "Sign up on the page of the session. You need no account. We send you a mail with a calendar entry and "
            "with your own link to the meeting. If the time changes, we send you a new mail."
        ),
        _("Where there are a recording and slides, they are published on the page of the session afterwards."),
        _heading(_("What it costs")),
        _("Nothing. Taking part is free."),
        _heading(_("Your data")),
        _(
            "The Secretariat of the Minamata Convention on Mercury is responsible for the details that you give here. "
            "[The page on privacy](%(url)s) says what is kept and for how long, and how you see, correct and erase "
            "it."
        )
        % {"url": reverse("sessions:privacy")},
    ]


def _accessibility() -> list[str]:
    return [
        _(
            "Everybody should be able to use Minamata Online. We build its pages to meet the "
            "[Web Content Accessibility Guidelines 2.2, level AA](https://www.w3.org/TR/WCAG22/)."
        ),
        _heading(_("What works")),
        _(
            "All pages work with a keyboard, with a screen reader, without scripts, on a small screen, enlarged to "
            "200 % and in dark colours. Nothing is said by colour alone. Before a new version is used, all its pages "
            "are checked by a program."
        ),
        _heading(_("What may not work")),
        _(
            "The meetings are held on platforms of others, and speakers make their own slides. We cannot promise that "
            "these meet the guidelines. When you sign up, you can tell us what you need to take part."
        ),
        _heading(_("Tell us")),
        _(
            "Does something not work for you? Please write to us. Say which page it is, what you wanted to do, and "
            "which device and programs you use."
        ),
    ]


def _heading(words) -> str:
    return f"# {words}"
