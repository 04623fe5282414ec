"""The season for programs: what a season file says, and what was published."""

import hashlib
import json

from django.utils import timezone

from sessions.archive.season_data import BEYOND_THE_FILE
from sessions.models import Material
from sessions.seasons import loading
from sessions.seasons.season_file import keys, rules
from sessions.seasons.season_file.entries import season_entry
from tests.support.sessions.archives import archive_of, leads_to


def of_the_file(value):
    """Without what season files have no key for."""
    if isinstance(value, dict):
        return {key: of_the_file(each) for key, each in value.items() if key not in BEYOND_THE_FILE}
    return [of_the_file(each) for each in value] if isinstance(value, list) else value


def test_data_have_the_shape_of_a_season_file(season, two_languages):
    data, problems = json.loads(archive_of("autumn")["data/season.json"]), []

    clean = keys.FILE.read(of_the_file(data), (), problems)

    assert [*problems, *rules.problems(clean)] == []
    assert [each["slug"] for each in data["session"]] == ["air", "Con"]
    assert data["session"][0]["translations"] == {"ar": {"title": "الزئبق في الهواء"}}
    assert data["session"][0]["audience"] == "africa"
    assert data["session"][0]["attendance"] == {"known": True, "total": 70}
    assert data["season"]["was_at"] == "https://online.example.org/seasons/autumn/"


def test_season_comes_back_from_the_data_with_symbols_and_languages_of_its_documents(season, two_languages):
    said = {"symbol": "UNEP/MC/COP.5/16", "editions": {"fr": "https://example.org/fr", "zh": "https://example.org/zh"}}
    Material.objects.filter(session__slug="air", kind="slides").update(**said)
    data, problems = json.loads(archive_of("autumn")["data/season.json"]), []
    clean = keys.FILE.read(of_the_file(data), (), problems)
    clean["season"]["slug"] = "again"

    loading.load(entry=season_entry(clean), now=timezone.now())

    assert problems == []
    [stored] = Material.objects.filter(session__season__slug="again").exclude(symbol="").values(*said)
    assert stored == said


def test_answers_of_the_api_are_kept_without_what_is_by_invitation_and_lead_to_pages_of_the_archive(
    season, two_languages
):
    files = archive_of("autumn")

    answers = {path.removeprefix("data/api/ar/"): json.loads(files[path]) for path in files if "data/api/ar" in path}
    assert set(answers) == {"season.json", "sessions.json", "slots.json", "materials.json", "figures.json"}
    [air, waste] = answers["sessions.json"]
    assert (air["title"]["text"], air["page"]) == ("الزئبق في الهواء", "../../../ar/sessions/air.html")
    assert (air["slots"][0]["state"], waste["slots"][0]["state"]) == ("over", "closed")
    assert waste["slots"][0]["sign_up"] is None
    assert {each["session"] for each in answers["slots.json"] + answers["materials.json"]} == {"air", "Con"}
    everything = [value for answer in answers.values() for value in texts_in(answer)]
    assert [value for value in everything if "online.example.org" in value] == []
    relative = {value for value in everything if value.startswith("../")}
    assert {leads_to("data/api/ar/x.json", value)[0] for value in relative} <= set(files)


def texts_in(value) -> list[str]:
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return [text for part in parts for text in texts_in(part)]
    return [value] if isinstance(value, str) else []


def test_what_was_published_is_named_with_its_address_or_its_file(season, two_languages):
    number = Material.objects.get(session__slug="air", kind="slides").pk
    Material.objects.filter(kind="recording").update(size=2_500_000)
    [air, _waste] = json.loads(archive_of("autumn")["data/season.json"])["session"]
    assert air["materials"] == [
        {
            "kind": "slides",
            "title": "Slides",
            "path": f"files/{number}-air_slides.pdf",
            "octets": 3000,
            "sha256": hashlib.sha256(b"air" * 1000).hexdigest(),
        },
        {"kind": "recording", "title": "Recording", "url": "https://video.example.org/1", "octets": 2_500_000},
    ]
