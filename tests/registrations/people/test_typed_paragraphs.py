"""What people paste into the larger fields of forms: tidied where it can be, refused where it hides something."""

import pytest
from django import forms
from django.test import Client

from registrations.forms.fields import Paragraphs
from registrations.models import AdmissionRequest, Participant
from tests.factories import InvitationFactory, OccurrenceFactory
from tests.support.registrations.inviting import hidden_slot
from tests.support.registrations.sign_up_form import typed

FROM_WORD = "Please:\r\n\uf0b7\tCaptions\r\n\u2022\tSlides beforehand (co\u00adoperation)\r\n\uf0a7\u00a0Quiet"
TIDY = "Please:\r\n\u2022 Captions\r\n\u2022 Slides beforehand (cooperation)\r\n\u2022 Quiet"


@pytest.mark.django_db
def test_list_of_word_is_taken_by_each_form_with_bullets_that_everybody_reads():
    slot, hidden = OccurrenceFactory(), hidden_slot()
    invited = InvitationFactory(session=hidden.session, opened_at=hidden.changed_at)

    signed_up = Client().post(f"/sign-up/{slot.session.season.slug}/", typed(slot, access_needs=FROM_WORD))
    asked = {"name": "Zoe", "email": "zoe@example.org", "words": FROM_WORD}
    has_asked = Client().post(f"/invitation/{invited.key}/ask/", asked)

    assert (signed_up.status_code, has_asked.status_code) == (302, 302)
    assert Participant.objects.get().access_needs == TIDY
    assert AdmissionRequest.objects.get().words == TIDY


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("a\vb\u2028c\u2029d\x85e\ff", "a\nb\nc\nd\ne\nf"),
        ("\ufeffa\u200bb\u2060c", "abc"),
        ("\u2067\u0633\u0644\u0627\u0645\u2069 \u202ba\u202c", "\u0633\u0644\u0627\u0645 a"),
        ("e\u0301", "\u00e9"),
        ("\u0646\u0627\u0645\u0647\u200c\u0627\u06cc", "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc"),
        ("\U000f0000", "\u2022"),
    ],
)
def test_what_nobody_sees_goes_and_what_breaks_a_line_breaks_it(pasted, kept):
    assert Paragraphs().clean(pasted) == kept


@pytest.mark.parametrize("hidden", ["a\x00b", "a\u202eb", "a\u202db", "\ufffd", "a\x1bb"])
def test_what_hides_something_is_refused(hidden):
    with pytest.raises(forms.ValidationError):
        Paragraphs().clean(hidden)
