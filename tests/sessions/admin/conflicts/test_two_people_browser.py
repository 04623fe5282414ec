"""Two browsers on one form: what each typed is kept, and where both typed, a person chooses."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import MaterialFactory, OccurrenceFactory, SeasonFactory, SpeakerFactory, StreamFactory
from tests.support import staff
from tests.support.sessions.admin_pages import page as address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Kind:
    """A row in the form of a season or session: fields of text that Anna, Ben and both of them type into."""

    make: object
    form: str
    prefix: str
    question: str
    both: str
    of_anna: str
    of_ben: tuple[str, ...]

    def id_of(self, field) -> str:
        return f"#id_{self.prefix}{field}"


EDITED = {
    "season": Kind(SeasonFactory, "season", "", "Title", "title", "organiser", ("note", "introduction")),
    "stream": Kind(
        StreamFactory, "season", "streams-0-", "Stream “title of Anna”: Title", "title", "slug", ("position",)
    ),
    "speaker": Kind(
        SpeakerFactory,
        "session",
        "speakers-0-",
        "Speaker “name of Anna”: Name",
        "name",
        "role",
        ("affiliation", "position"),
    ),
    "material": Kind(
        MaterialFactory,
        "session",
        "materials-0-",
        "Material “title of Anna”: Title",
        "title",
        "url",
        ("megabytes", "position"),
    ),
}
# Fields that take no other text.
TYPED = {"position": "7", "megabytes": "2.5", "url": "https://example.org/slides", "slug": "of-anna"}


@pytest.fixture
def open_desk(open_page, site):
    def opened(name, **kind):
        client = staff.sign_in(Client(), User.objects.create_superuser(name.lower(), first_name=name))
        page = open_page(timezone="Europe/Zurich", **kind)
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        return page

    return opened


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()


def words_of(person, field) -> str:
    return TYPED.get(field, f"{field} of {person}")


@pytest.mark.parametrize("choice", ["mine", "theirs"])
@pytest.mark.parametrize("kind", EDITED.values(), ids=EDITED)
def test_two_people_work_on_one_row(open_desk, site, kind, choice):
    row = kind.make(**{kind.both: "Before"})
    form = site + address(f"{kind.form}_change", row.pk if not kind.prefix else getattr(row, kind.form).pk)
    anna, ben = open_desk("Anna"), open_desk("Ben")
    anna.goto(form)
    ben.goto(form)

    for field in (kind.both, kind.of_anna):
        anna.fill(kind.id_of(field), words_of("Anna", field))
    save(anna)
    for field in (kind.both, *kind.of_ben):
        ben.fill(kind.id_of(field), words_of("Ben", field))
    save(ben)

    ben.get_by_role("heading", name="The same entries were changed elsewhere").wait_for()
    question = ben.get_by_role("group", name=kind.question, exact=True)
    values = {"theirs": words_of("Anna", kind.both), "mine": words_of("Ben", kind.both)}
    assert question.locator(".value").all_inner_texts() == list(values.values())
    question.get_by_text("Anna saved this at").wait_for()
    kept = {kind.both: values["mine"], kind.of_anna: words_of("Anna", kind.of_anna)}
    kept |= {field: words_of("Ben", field) for field in kind.of_ben}
    assert {field: ben.input_value(kind.id_of(field)) for field in kept} == kept
    question.locator(f"[value={choice}]").check()
    ben.get_by_role("button", name="Save with these choices").click()
    ben.get_by_text("was changed successfully").wait_for()

    ben.goto(form)
    kept[kind.both] = values[choice]
    assert {field: ben.input_value(kind.id_of(field)) for field in kept} == kept


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_two_people_work_on_one_session(open_desk, site, width, javascript):
    slot = OccurrenceFactory(capacity=40, session__title="Mercury in science")
    SpeakerFactory(session=slot.session, name="Wanjiru Kamau")
    form = site + address("session_change", slot.session_id)
    anna, ben = open_desk("Anna"), open_desk("Ben", width=width, javascript=javascript)
    anna.goto(form)
    ben.goto(form)

    anna.fill("#id_title", "Mercury and science")
    anna.fill("#id_occurrences-0-capacity", "20")
    anna.fill("#id_platform", "Webex")
    save(anna)
    ben.fill("#id_title", "The science of mercury")
    ben.fill("#id_summary", "First line\nSecond line")
    ben.fill("#id_speakers-0-role", "Chair")
    ben.check("#id_attendance_is_minimum")
    save(ben)

    ben.get_by_role("heading", name="The same entries were changed elsewhere").wait_for()
    choices = ben.get_by_role("group", name="Title")
    assert choices.locator(".value").all_inner_texts() == ["Mercury and science", "The science of mercury"]
    choices.get_by_role("radio", name="Your value, not saved yet").check()
    ben.get_by_role("button", name="Save with these choices").click()
    ben.get_by_text("was changed successfully").wait_for()

    slot.refresh_from_db()
    session = slot.session
    speaker = session.speakers.get()
    assert (session.title, session.platform, slot.capacity) == ("The science of mercury", "Webex", 20)
    assert session.summary.splitlines() == ["First line", "Second line"]
    assert (session.attendance_is_minimum, speaker.role) == (True, "Chair")


@pytest.mark.parametrize("width", [360, 1280])
def test_error_of_one_field_stands_above_the_next_in_its_row(open_desk, site, width):
    form = site + address("season_change", SeasonFactory().pk)
    anna, ben = open_desk("Anna"), open_desk("Ben", width=width)
    for person in (anna, ben):
        person.goto(form)
    for person, day in ((anna, "2025-01-01"), (ben, "2025-01-02")):
        person.fill("#id_starts_on", day)
        save(person)

    error, label = (ben.locator(each).bounding_box() for each in ("#id_starts_on_error", "label[for=id_ends_on]"))

    assert error["y"] + error["height"] <= label["y"]


def test_form_that_nobody_else_touched_is_saved_without_a_question(open_desk, site):
    slot = OccurrenceFactory(session__summary="One\n\nTwo", session__sources=["https://example.org/a"])
    anna = open_desk("Anna")
    anna.goto(site + address("session_change", slot.session_id))

    anna.fill("#id_partners", "Somebody")
    save(anna)

    anna.get_by_text("was changed successfully").wait_for()
    slot.session.refresh_from_db()
    session = slot.session
    assert (session.partners, session.summary, session.sources) == ("Somebody", "One\n\nTwo", ["https://example.org/a"])
