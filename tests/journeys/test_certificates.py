"""A certificate goes from its person's page to a stranger's telephone, who checks it; a forged one fails."""

from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from registrations.certificates import numbers
from tests.support.accessibility import RULES, violations_in_the_dark
from tests.support.registrations.certificates import certificate_of, held, was_there

pytestmark = pytest.mark.browser
NAMES = {"ar": "محمد عبد الله", "zh-hans": "李小龙", "ru": "Дмитрий Ёлкин", "fr": "Nguyễn Thị Minh", "en": "Suharto"}
# As somebody types it who has another keyboard.
TYPED = {"ar": "محمد عبدالله", "zh-hans": "李 小龙", "ru": "дмитрий елкин", "fr": "nguyen thi minh", "en": "SUHARTO"}


def certificates():
    slot = held(session__title="Mercury in air", session__season__title="Season 1")
    for language, name in NAMES.items():
        yield language, certificate_of(was_there(slot, 45, participant__name=name, participant__language=language))


def on_paper(page, site, certificate) -> str:
    """The text of the file that its person downloads."""
    page.goto(site + reverse("registrations:own_certificates", args=[certificate.participant.key]))
    with page.expect_download() as download:
        page.locator("main a.button").click()
    return PdfReader(BytesIO(download.value.path().read_bytes())).pages[0].extract_text()


def checks(page, number, name):
    page.locator("#id_number").fill(number)
    page.locator("#id_name").fill(name)
    page.locator("main form button").click()


def shows_all(page) -> bool:
    """Nothing is cut off at the side of a telephone."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_from_its_person_to_who_checks_it(site, open_page, javascript):
    # Given certificates of people with names in five scripts, and a stranger with a telephone
    page = open_page(javascript=javascript, width=360)
    issued = dict(certificates())

    for language in NAMES if javascript else ["ar"]:
        # When its person downloads it, then number and address are on the paper
        certificate = issued[language]
        text = on_paper(page, site, certificate)
        shown = numbers.shown(certificate.number)
        assert shown in text
        assert "/c/" in text

        # When the stranger scans the code, then the number is filled in; when they type the name, both match
        page.goto(f"{site}/c/{certificate.number}/")
        expect(page.locator("#id_number")).to_have_value(certificate.number)
        checks(page, shown.lower(), TYPED[language])
        expect(page.get_by_role("heading", level=1)).to_have_text("Number and name match")
        expect(page.get_by_text("Mercury in air")).to_be_visible()
        expect(page.get_by_text("45 minutes")).to_be_visible()
        assert NAMES[language] not in page.locator(".checked").inner_text()
        assert shows_all(page)
    if javascript:
        assert Axe().run(page, options=RULES).response["violations"] == []
        assert violations_in_the_dark(page) == []


def test_forged_ones_fail(site, open_page):
    # Given a certificate, and papers on which somebody wrote another name, or another number
    open_page.expect_fault("422")
    page = open_page(width=360)
    certificate = dict(certificates())["fr"]
    page.goto(f"{site}/c/")

    # When the name is another one, then both do not match
    checks(page, certificate.number, "Amina Otieno")
    expect(page.get_by_role("heading", level=1)).to_have_text("Number and name do not match")
    expect(page.get_by_text("45 minutes")).to_have_count(0)
    assert shows_all(page)

    # When the number is one that was never issued, then the answer is the same
    checks(page, numbers.new(), NAMES["fr"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Number and name do not match")

    # When one letter of the number is another one, then the page says that it is mistyped
    other = "A" if certificate.number[0] != "A" else "B"
    checks(page, other + certificate.number[1:], NAMES["fr"])
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#id_name")).to_have_value(NAMES["fr"])

    # When both are those of the true one, then the page says the minutes that were issued, whatever the paper says
    checks(page, certificate.number, NAMES["fr"])
    expect(page.get_by_text("45 minutes")).to_be_visible()
