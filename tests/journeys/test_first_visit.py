"""The first visit to a page: one load of it, and then the reader's own clock."""

import pytest
from playwright.sync_api import expect

from registrations.models import Registration
from tests.support.weights import weight_in_production

pytestmark = pytest.mark.browser

ZONES = {
    "Asia/Kathmandu": "Kathmandu, UTC+5:45",
    "America/Lima": "Lima, UTC\N{MINUS SIGN}5",
    "Pacific/Apia": "Apia, UTC+13",
}
PATHS = ["/", "/seasons/rehearsal/effectiveness-evaluation-indicators/", "/sign-up/rehearsal/"]
LIMIT_BYTES = 25_000
BRAZIL = ["America/Sao_Paulo", "America/Manaus", "America/Rio_Branco", "America/Noronha"]
TWICE = "Effectiveness evaluation indicators"
# What a reader sees, and what a form would send.
SEEN = """() => [
  document.querySelector("main").innerText,
  [...document.querySelectorAll("input:not([type=hidden]), select, input[name^=slot]")].map(
    (field) => [field.name, field.value, field.checked]
  ),
]"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("path", PATHS)
def test_page_of_a_first_visit_becomes_the_page_of_the_second(open_page, site, seasons, path, zone, width):
    page = open_page(timezone=zone, width=width)
    loads = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    page.goto(site + path)
    drawn(page)
    first = page.evaluate(SEEN)
    page.reload()

    assert first == page.evaluate(SEEN)
    assert ZONES[zone] in first[0]
    assert loads == [site + path] * 2


@pytest.mark.parametrize("path", PATHS)
def test_first_visit_with_scripts_costs_four_requests_and_at_most_25_kb(open_page, site, seasons, path):
    page = open_page(timezone="Asia/Kathmandu")
    asked = []
    # The icon is in the page: a request that goes nowhere.
    page.on("requestfinished", lambda request: request.url.startswith("data:") or asked.append(request))

    page.goto(site + path)
    drawn(page)
    # Nothing else is asked for.
    page.wait_for_load_state("networkidle")

    assert sorted(request.resource_type for request in asked) == ["document", "script", "stylesheet", "xhr"]
    assert sum(weight(request) for request in asked) < LIMIT_BYTES


def test_slot_proposed_for_the_clock_is_the_one_that_is_registered(person):
    somebody = person("America/Lima", width=360)
    page = somebody.opens("/sign-up/rehearsal/")
    drawn(page)

    somebody.ticks(TWICE)
    somebody.fills_in()
    somebody.presses("Sign me up")

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")
    registration = Registration.objects.get()
    assert registration.occurrence == registration.session.occurrences.order_by("starts_at")[1]
    assert registration.participant.timezone == "America/Lima"


def test_zone_without_a_line_in_the_list_is_chosen_all_the_same(open_page, site, seasons):
    page = open_page(timezone="Australia/Melbourne")

    page.goto(site + "/sign-up/rehearsal/")
    drawn(page)

    zone = page.locator("select[name=timezone]")
    expect(zone).to_have_value("Australia/Melbourne")
    assert zone.evaluate("list => list.selectedOptions[0].text") == "Melbourne"


def test_zones_of_the_country_chosen_come_first_and_none_is_chosen(open_page, site, seasons):
    page = open_page(timezone="America/Lima")
    page.goto(site + "/sign-up/rehearsal/")
    drawn(page)

    for country in ("Niger", "Brazil"):
        page.get_by_label("Country or area").select_option(label=country)

    first = page.locator("select[name=timezone] optgroup")
    assert first.evaluate_all("all => all.map(group => group.label)") == ["Brazil"]
    assert first.locator("option").evaluate_all("all => all.map(option => option.value)") == BRAZIL
    expect(page.locator("select[name=timezone]")).to_have_value("America/Lima")


def test_page_whose_parts_do_not_come_stays_in_the_seasons_clock(open_page, site, seasons):
    open_page.expect_fault("503")
    page = open_page(timezone="America/Lima")
    page.route(
        "**/*", lambda route: route.fulfill(status=503) if route.request.resource_type == "xhr" else route.continue_()
    )

    page.goto(site + "/sign-up/rehearsal/")
    drawn(page)

    expect(page.get_by_label("Your time zone")).to_be_visible()
    expect(page.get_by_label("Your time zone")).to_have_value("")
    expect(page.locator(".choice .day").first).to_be_visible()


def drawn(page):
    expect(page.locator("html.awaits-clock")).to_have_count(0)


def weight(request) -> int:
    if "/static/" in request.url:
        return weight_in_production(request.url, request.response().body())
    return request.sizes()["responseBodySize"]
