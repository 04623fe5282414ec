"""The page on which anybody checks a certificate."""

import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from minamata_online.monitoring.log_format import without_keys
from registrations.certificates import numbers
from registrations.limits import rates
from registrations.models import Certificate
from sessions import translations
from tests.support.registrations.certificates import AFTER, certificate_of, held, was_there

pytestmark = pytest.mark.django_db
PAGE, NAME = reverse("sign_up:check"), "Nguyễn Thị Minh"


@pytest.fixture
def certificate():
    slot = held(session__title="Mercury in air", session__season__title="Season 1")
    return certificate_of(was_there(slot, 45, participant__name=NAME))


def check(client, certificate, name=NAME, *, number="", page=PAGE):
    return client.post(page, {"number": number or numbers.shown(certificate.number), "name": name})


def test_it_says_what_was_issued_and_no_name(client, certificate):
    response = check(client, certificate, "nguyen thi minh")

    assert response.status_code == 200
    for said in ("Number and name match", "Season 1", "Mercury in air", "8 October 2030", "45 minutes"):
        assert said in response.text
    assert NAME not in response.text
    assert "REHEARSAL" not in response.text


def test_wrong_number_and_wrong_name_have_the_same_answer(client, certificate):
    of_name = check(client, certificate, "Amina Otieno")
    of_number = check(client, certificate, "Amina Otieno", number=numbers.new())

    def without_typed(response):
        token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
        return token.sub("", response.text.replace(response.context["form"].data["number"], ""))

    assert "Number and name do not match" in of_name.text
    assert without_typed(of_name) == without_typed(of_number)
    assert of_name.status_code == of_number.status_code
    of_each = {"Content-Length", "X-Request-ID"}
    assert {**of_name.headers, **dict.fromkeys(of_each)} == {**of_number.headers, **dict.fromkeys(of_each)}


def test_address_with_a_number_looks_nothing_up(client, certificate, django_assert_num_queries):
    known, unknown = (reverse("sign_up:check_number", args=[each]) for each in (certificate.number, numbers.new()))

    with django_assert_num_queries(0):
        pages = [client.get(each) for each in (known, unknown)]

    assert [page.status_code for page in pages] == [200, 200]
    assert f'value="{certificate.number}"' in pages[0].text


def test_eleventh_try_in_a_minute_is_refused_whatever_is_tried(certificate):
    client = Client()
    wrong = [check(client, certificate, "Amina Otieno").status_code for _each in range(10)]

    refused = check(client, certificate)

    assert wrong == [200] * 10
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "match" not in refused.context
    assert f'value="{NAME}"' in refused.text
    assert rates.CERTIFICATES_CHECKED.times == 10


def test_slip_in_the_number_is_said_beside_the_field_and_takes_no_try(client, certificate):
    for _each in range(12):
        response = check(client, certificate, number=certificate.number[:-1])

    assert response.status_code == 422
    assert "Please compare it." in response.text
    assert check(client, certificate).status_code == 200


def test_rehearsal_says_so(client, certificate):
    season = certificate.season
    season.is_rehearsal = True
    season.save()

    assert "REHEARSAL" in check(client, certificate).text


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_page_is_in_each_language_with_the_title_of_then(client, certificate, language):
    entry = certificate.entries.get()
    entry.titles |= {language: "Title of then"}
    entry.save()

    text = check(client, certificate, page=f"/{language}{PAGE}").text

    assert "Title of then" in text
    assert "Number and name match" not in text


def test_number_is_in_no_log_and_no_address(client, certificate):
    address = reverse("sign_up:check_number", args=[certificate.number])

    assert certificate.number not in without_keys(f'"GET {address} HTTP/1.1" 200')
    response = check(client, certificate)
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "strict-origin")
    assert response["X-Robots-Tag"] == "noindex"


def test_nothing_that_was_typed_is_logged(client, certificate, caplog):
    with caplog.at_level(logging.DEBUG):
        check(client, certificate, "Amina Otieno")

    assert certificate.number not in caplog.text
    assert "Otieno" not in caplog.text


def test_withdrawn_one_says_since_when_and_not_why(client, certificate):
    Certificate.objects.filter(pk=certificate.pk).update(withdrawn_at=AFTER, reason="Somebody else was there")

    text = check(client, certificate).text

    assert "9 October 2030" in text
    assert "Somebody else" not in text
