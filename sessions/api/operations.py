"""The operations of the API for django-ninja: what they take, and what they answer. Loaded by `door` when it has to."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer
from pydantic import ConfigDict

from registrations.figures import keeping
from sessions.api import figures, paging, problems, published, shapes, values
from sessions.clocks import moment

DESCRIPTION = """\
What everybody may see of the seasons of Minamata Online: sessions, time slots, materials and published figures. \
It can only be read, asks for no key, and sets no cookie. Within version 1 fields and parameters may be added; none \
goes away or becomes something else. Every address ends with a slash. Unknown parameters are ignored."""
REFUSALS = {404: shapes.Problem, 422: shapes.Problem}


class PlainJson(JSONRenderer):
    """Letters of all scripts as they are, without spaces."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


class Asked(Schema):
    lang: shapes.Language = Field("en", description="Language of titles and words.")


class Part(Asked):
    limit: int = Field(paging.USUAL, ge=1, le=paging.MOST, description="How many at most.")
    offset: int = Field(0, ge=0, le=paging.FURTHEST, description="How many to leave out at the beginning.")


class Chosen(Part):
    model_config = ConfigDict(populate_by_name=True)

    stream: str | None = Field(None, max_length=50, description="Only of this stream, by its slug.")
    from_: date | None = Field(
        None, alias="from", description="Only what begins on this day or later, on the season's clock."
    )
    until: date | None = Field(None, description="Only what begins on this day or earlier, on the season's clock.")
    language: str | None = Field(
        None, max_length=12, description="Only what is held in this language, or interpreted into it (ISO 639)."
    )


class ChosenSlots(Chosen):
    coming: bool = Field(False, description="Only time slots that are not over.")


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation):
        return operation.view_func.__name__


api = Api(
    title="Minamata Online",
    version="1",
    description=DESCRIPTION,
    urls_namespace="operations",
    # Both are ours: `door.schema` and `page.about`.
    openapi_url=None,
    docs_url=None,
    renderer=PlainJson(),
)


def operation(address, shape, summary):
    return api.get(
        address,
        response={200: shape} | REFUSALS,
        summary=summary,
        url_name=address.strip("/").rpartition("/")[2] or "start",
    )


@operation("/", shapes.Start, "Where to begin")
def start(request, asked: Query[Asked]):
    return {
        "seasons": values.in_api("seasons"),
        "openapi": settings.SITE_URL + reverse("api:schema"),
        "documentation": settings.SITE_URL + reverse("api:about"),
        "widget": settings.SITE_URL + reverse("widget:about"),
        "languages": list(published.languages()),
    }


@operation("/seasons/", shapes.Seasons, "All seasons, the newest first")
def list_seasons(request, part: Query[Part]):
    return paging.page(request, published.seasons(), part)


@operation("/seasons/{season}/", shapes.SeasonValues, "One season, with its streams")
def get_season(request, season: str, asked: Query[Asked]):
    programme = published.programme(season)
    # Published or withdrawn a moment ago: the list can be a second older, or younger.
    item = next((item for item in published.seasons() if item["slug"] == programme.season.slug), None)
    if item is None:
        raise Http404
    return values.season(item, programme.season, programme.streams)


@operation("/seasons/{season}/sessions/", shapes.Sessions, "Sessions of a season, in the order of time")
def list_sessions(request, season: str, chosen: Query[Chosen]):
    programme = published.programme(season)
    found = [each for each in published.sessions(programme) if published.fits(programme, each, chosen)]
    return paging.page(request, found, chosen, lambda each: _session(programme, each))


@operation("/seasons/{season}/sessions/{slug}/", shapes.SessionValues, "One session")
def get_session(request, season: str, slug: str, asked: Query[Asked]):
    programme = published.programme(season)
    return _session(programme, programme.session(slug))


@operation("/seasons/{season}/slots/", shapes.Slots, "Time slots of a season, in the order of time")
def list_slots(request, season: str, chosen: Query[ChosenSlots]):
    programme = published.programme(season)
    now = moment.of(programme.season)
    found = [
        slot
        for slot in published.slots(programme)
        if published.slot_fits(programme, slot, chosen) and not (chosen.coming and slot.is_over(now))
    ]
    return paging.page(request, found, chosen, lambda slot: values.slot(slot, now))


@operation("/seasons/{season}/materials/", shapes.Materials, "Recordings, slides and documents of a season")
def list_materials(request, season: str, chosen: Query[Chosen]):
    programme = published.programme(season)
    sessions = [each for each in published.sessions(programme) if published.fits(programme, each, chosen)]
    return paging.page(request, [item for each in sessions for item in values.materials(each)], chosen)


@operation("/seasons/{season}/figures/", shapes.FiguresValues, "The published figures of a season")
def get_figures(request, season: str, asked: Query[Asked]):
    programme = published.programme(season)
    kept = keeping.public(programme.season) if programme.figures_since else None
    if kept is None:
        raise Http404
    return figures.of_season(programme, kept)


@api.exception_handler(ValidationError)
def refuse(request, error):
    return problems.answer(422, errors=[(str(each["loc"][-1]), each["msg"]) for each in error.errors])


@api.exception_handler(Http404)
def nothing(request, error):
    return problems.answer(404)


@api.exception_handler(Exception)
def fail(request, error):
    """Django's own, also in development: the log has the reason."""
    raise error


def openapi() -> HttpResponse:
    """OpenAPI 3.1; refusals have a type of content of their own, which django-ninja does not know."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    for operations in schema["paths"].values():
        for status, response in operations["get"]["responses"].items():
            if int(status) >= 400:
                response["description"] = problems.PROBLEMS[int(status)][0]
                response["content"] = {problems.CONTENT_TYPE: response["content"]["application/json"]}
    return HttpResponse(api.renderer.render(None, schema, response_status=200))


# As in `urls.py`; `door` looks for the operation of an address here.
urlpatterns = [path("api/v1/", api.urls)]


def _session(programme, session) -> dict:
    slots, answers = programme.slots.get(session.pk, []), programme.answers.get(session.pk, [])
    return values.session(session, slots, answers, moment.of(programme.season))
