"""Number and name together say what was issued; one of them alone says nothing."""

import pytest

from registrations.certificates import checking, numbers
from registrations.certificates.checking import Answer
from registrations.models import Certificate
from tests.support.registrations.certificates import AFTER, certificate_of, held, was_there

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    return certificate_of(was_there(held(), participant__name="Nguyễn Thị Minh"))


def check(certificate, name="nguyen thi minh", number=""):
    return checking.check(number=number or certificate.number, name=name, now=AFTER)


def test_both_together_find_it(certificate):
    assert check(certificate) == checking.Checked(Answer.MATCHES, certificate)


def test_wrong_number_and_wrong_name_are_told_the_same_by_the_same_steps(certificate, django_assert_num_queries):
    with django_assert_num_queries(1):
        of_name = check(certificate, "Amina Otieno")
    with django_assert_num_queries(1):
        of_number = check(certificate, number=numbers.new())

    assert of_name == of_number == checking.Checked(Answer.NOTHING, None)


@pytest.mark.parametrize("state", [Answer.WITHDRAWN, Answer.REPLACED])
def test_what_became_of_it_is_for_who_has_both(certificate, state):
    other = certificate_of(was_there(held()))
    became = {Answer.WITHDRAWN: {"withdrawn_at": AFTER}, Answer.REPLACED: {"replaced_by": other}}[state]
    Certificate.objects.filter(pk=certificate.pk).update(**became)

    assert check(certificate).answer == state
    assert check(certificate, "Amina Otieno").answer == Answer.NOTHING


def test_number_is_not_found_by_what_is_left_of_it(certificate):
    """The digests alone stay of somebody who was erased."""
    assert certificate.number not in (certificate.number_digest, certificate.name_digest)
    Certificate.objects.filter(pk=certificate.pk).update(number="", name="", participant=None)

    assert check(certificate).answer == Answer.MATCHES
