"""What a person agrees to when they sign up; raise VERSION with every change of the wording."""

from django.utils.translation import gettext as _

VERSION = "2"


def paragraphs(season) -> list[str]:
    """Why we ask, who sees it, how long we keep it, and what the person may do, in the reader's language."""
    organiser = season.organiser or _("Secretariat of the Minamata Convention on Mercury")
    return [
        _(
            "What for: to send you the confirmation, the calendar entry, changes and reminders of the sessions you "
            "chose and, if you ask for it, word of their recordings and slides; to let you into the meeting; and to "
            "count how many people of which countries and groups took part."
        ),
        _(
            "Who sees it: the staff who run the sessions (%(organiser)s), and nobody else. The name you give when "
            "you enter the meeting is seen by the others in it. We do not sell or publish your details."
        )
        % {"organiser": organiser},
        _(
            "How long: the text of our mails is deleted 30 days after sending. Six months after the end of the season "
            "your details are made anonymous; only numbers stay."
        ),
        _("Access needs are for you to tell or not. Only the staff who prepare your sessions read them."),
        _(
            "Your choice: with the link in our mail you can see and correct your details and cancel at any time. To "
            "have everything deleted earlier, answer any of our mails."
        ),
    ]


def agreement() -> str:
    """The sentence beside the box."""
    return _("I agree that my details are used in this way.")


def text(season) -> str:
    """The whole wording, for the record of what was agreed to."""
    return "\n\n".join([*paragraphs(season), agreement()])
