"""What a person agrees to when they sign up; raise the version with every change of a wording.

The terms come from the settings: the whole text is stored with what each person agreed to.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.translation import get_language, ngettext, npgettext, override
from django.utils.translation import gettext as _

from registrations.models.next_season import YEARS_KEPT
from sessions import marked

# In another language than English its code follows: 5-fr.
VERSION = "6"
NEXT_SEASON_VERSION = "1"
DAYS_A_MONTH = 30.44
# What somebody has just typed, in a cookie of their own browser (`views.support.typed_form`).
TYPED_FORM_IS_KEPT = timedelta(minutes=15)


@dataclass(frozen=True)
class Consent:
    """The wording that a person agreed to, and its version."""

    version: str
    text: str


def given(season) -> Consent:
    """What somebody has agreed to who sends a form of this season now."""
    return Consent(_version(VERSION), text(season))


def given_for_others(season) -> Consent:
    """The same for a focal point who signs others up."""
    return Consent(_version(VERSION), text_for_others(season))


def given_by_telephone(season) -> Consent:
    """What somebody has agreed to whom staff read it aloud."""
    return Consent(_version(VERSION), "\n\n".join([*paragraphs(season), agreement_by_telephone()]))


def given_for_next_season() -> Consent:
    """What somebody has agreed to who asks now to hear of the next season."""
    said = [agreement_for_next_season(), how_long_for_next_season(), *binding_for_next_season()]
    return Consent(_version(NEXT_SEASON_VERSION), "\n\n".join(said))


def _version(number) -> str:
    """With the language of the wording that the person was shown."""
    language = get_language() or settings.LANGUAGE_CODE
    return number if language == settings.LANGUAGE_CODE else f"{number}-{language}"


def paragraphs(season) -> list[str]:
    """Why we ask, who sees it, how long we keep it, and what the person may do, in the reader's language.

    In short: the page about privacy, linked below them, has the rest.
    """
    purpose, access = _wording()
    return [purpose, access % {"organiser": season.organised_by, "term": data_term()}]


def shown(season) -> list[str]:
    """As `paragraphs`, for a page: an organiser whose name is in English still is marked."""
    purpose, access = _wording()
    return [purpose, marked.sentence(access, organiser=marked.organiser(season), term=data_term())]


def _wording() -> tuple[str, str]:
    return (
        _(
            "We use your details to send you calendar entries, changes and reminders of your sessions, and news about "
            "recordings and slides if you ask for it; to let you into the meeting; to count who took part; and to "
            "issue certificates of it."
        ),
        _(
            "Only the staff who run the sessions (%(organiser)s) see your details. We remove them %(term)s after the "
            "end of the season. With the link in our mails you can see, correct and erase them at any time."
        ),
    )


def how_long() -> str:
    """Both terms, in sentences."""
    text = _(
        "The text of our mails, with your address, is removed %(mail_term)s after sending. %(data_term)s after the end "
        "of the season your details are removed; only numbers stay."
    )
    mail_term, data_term = _in_words(settings.MAIL_TERM_DAYS), _in_words(settings.DATA_TERM_DAYS)
    return text % {"mail_term": mail_term, "data_term": data_term}


def data_term() -> str:
    """183 days (about 6 months)."""
    return _in_words(settings.DATA_TERM_DAYS)


def how_long_for_returned_mails() -> str:
    """What is kept when mails come back, and how it ends."""
    text = _(
        "When a mail to you comes back, we keep what the mail server said about your mailbox. We delete it when mails "
        "arrive there again, or with your details; for a mailbox of nobody who takes part, %(mail_term)s after the "
        "last mail that came back."
    )
    return text % {"mail_term": _in_words(settings.MAIL_TERM_DAYS)}


def _in_words(days) -> str:
    """30 days; 183 days (about 6 months)."""
    in_days = npgettext("term", "%(number)s day", "%(number)s days", days) % {"number": days}
    months = round(days / DAYS_A_MONTH)
    if months < 2:
        return in_days
    about = ngettext("%(days)s (about %(number)s month)", "%(days)s (about %(number)s months)", months)
    return about % {"days": in_days, "number": months}


def agreement() -> str:
    """The sentence beside the box."""
    return _("I agree that my details are used in this way.")


def agreement_for_others() -> str:
    """The sentence beside the box of a focal point who signs others up."""
    return _("I agree that my details are used in this way, and the people I name know that I give you theirs.")


def agreement_by_telephone() -> str:
    """What is stored of somebody who agreed by telephone; who on the staff noted it is on the audit trail."""
    return _("The Secretariat read this text to the person by telephone, and noted that they agree.")


def agreement_for_next_season() -> str:
    """The sentence beside the box of who wants to hear of the next season."""
    return _("Tell me when the next season opens")


def how_long_for_next_season() -> str:
    """What is kept for that, and how it ends."""
    text = _(
        "One mail for each new season. For this alone we keep your e-mail address and the language of our mails, also "
        "after your other details are removed. We delete both when you stop it, on your page or with one click in the "
        "mail, when you erase your data, and in any case when no season was announced for %(years)s."
    )
    return text % {"years": years_kept()}


def years_kept() -> str:
    """3 years."""
    return ngettext("%(number)s year", "%(number)s years", YEARS_KEPT) % {"number": YEARS_KEPT}


def binding(season, agreed=agreement) -> list[str]:
    """The same in English beside a translation that nobody has reviewed; none beside others."""
    return _in_english(lambda: [*paragraphs(season), agreed()])


def binding_for_next_season() -> list[str]:
    return _in_english(lambda: [agreement_for_next_season(), how_long_for_next_season()])


def _in_english(say) -> list[str]:
    if get_language() not in settings.DRAFT_LANGUAGES:
        return []
    with override(settings.LANGUAGE_CODE):
        return say()


def text(season) -> str:
    """The whole wording, for the record of what was agreed to."""
    return "\n\n".join([*paragraphs(season), *binding(season), agreement()])


def text_for_others(season) -> str:
    return "\n\n".join([*paragraphs(season), *binding(season, agreement_for_others), agreement_for_others()])
