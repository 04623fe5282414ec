"""The words of questions that come with the site, in English; the catalogue has them in the other languages."""

from django.utils.translation import gettext_noop

GENDER = {
    "words": gettext_noop("Gender"),
    "help_text": gettext_noop(
        "We only count the answers, for reports to the United Nations. No page or list of our staff shows yours beside "
        "your name."
    ),
    "choices": [
        gettext_noop("Woman"),
        gettext_noop("Man"),
        gettext_noop("Another"),
        gettext_noop("I prefer not to say"),
    ],
}
