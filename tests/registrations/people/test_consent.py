"""The wording that people agree to names each purpose, and has another version whenever it changes."""

import hashlib

import pytest

from registrations.people import consent
from registrations.people.preferences import MAIL_PREFERENCES
from tests.factories import SeasonFactory

# The digest of the wording of each version; a new wording is a new VERSION and a new line here.
WORDINGS = {"3": "ea295f0388adaf7d", "4": "713cf209d638b136", "5": "41f9c69e1b70d379", "6": "5e588a32a1edc56a"}
# How the wording names the mails that somebody may want.
PURPOSES = {
    "reminders": "reminders of your sessions",
    "announcements": "recordings and slides",
    "certificates": "issue certificates",
}


@pytest.fixture
def wording(settings):
    settings.MAIL_TERM_DAYS, settings.DATA_TERM_DAYS = 30, 183
    season = SeasonFactory.build(organiser="The organiser")
    return consent.text(season) + consent.text_for_others(season)


def test_wording_is_that_of_its_version(wording):
    digest = hashlib.sha256(wording.encode()).hexdigest()[:16]

    assert WORDINGS.get(consent.VERSION) == digest, (
        f"raise VERSION in consent.py and add it here with {digest}: people have agreed to the wording before"
    )


def test_mails_that_people_may_want_are_among_the_purposes(wording):
    assert set(PURPOSES) == set(MAIL_PREFERENCES), "name the new purpose in consent.py, and here how"

    assert [what for what, words in PURPOSES.items() if words not in wording] == []
