"""The questions, the same for all sessions so that seasons can be compared, and the choices of each.

What is stored are the short names: `useful`, `little`. Words may be mended; a question that asks for something else
gets another name.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The one that is answered in people's own words.
WORDS = "words"
LONGEST_WORDS = 1000


@dataclass(frozen=True)
class Asked:
    """`choices` by name, from the best or least to the worst or most.

    `first_hidden` are their places in the order in which they tell least: beside a small number one of them is hidden.
    """

    name: str
    words: str
    choices: dict[str, str]
    first_hidden: tuple[int, ...]


# Of a scale from good to bad the bad end, and of one around the right measure its two ends.
FROM_THE_END, ENDS_FIRST = (3, 2, 1, 0), (0, 2, 1)


QUESTIONS = (
    Asked(
        "useful",
        _("How useful is the session for your work?"),
        {"very": _("Very useful"), "quite": _("Quite useful"), "little": _("Not very useful"), "not": _("Not useful")},
        FROM_THE_END,
    ),
    Asked(
        "level",
        _("Was its level right for you?"),
        {
            "basic": _("Too basic"),
            "right": pgettext_lazy("level of a session", "About right"),
            "advanced": _("Too advanced"),
        },
        ENDS_FIRST,
    ),
    Asked(
        "pace",
        _("Was its length right for you?"),
        {"short": _("Too short"), "right": pgettext_lazy("length of a session", "About right"), "long": _("Too long")},
        ENDS_FIRST,
    ),
    Asked(
        "technical",
        _("How well could you follow it: sound, picture, interpretation?"),
        {
            "well": _("Very well"),
            "mostly": _("Mostly well"),
            "hardly": _("With difficulty"),
            "not": _("Not at all"),
        },
        FROM_THE_END,
    ),
)
ABOUT_WORDS = _("What should we keep, and what should we change?")
