"""The clock of a rehearsal is moved while others are at work: one part of `use_cases`."""

from datetime import timedelta

from django.db import transaction

from registrations.rehearsals import moving
from registrations.rescheduling import changes
from sessions.clocks import moment
from sessions.models import Occurrence, Part, Season
from sessions.models.parts import alone
from tests.factories import OccurrenceFactory
from tests.support.registrations.signing_up import register

REFUSED = (moving.MovedMeanwhile, moving.NotForward)
HOUR = timedelta(hours=1)


def move_the_clock(world, number, who):
    """Over a sign-up for a slot in parts: the box gets a mail for each. All who move it share a rehearsal."""
    slot = _slot(world)
    season = slot.session.season
    register(slot, name=f"Try {who}", email=f"try{who}-{number}@example.org", now=moment.of(season))
    move = moving.begin(season_id=season.pk, to=moment.of(season) + HOUR, seen=season.clock_ahead, by=None)
    while moving.go_on(move_id=move.pk, seconds=10):
        pass


@transaction.atomic
def _slot(world):
    """The same for all who come at once."""
    slug = f"rehearsal-{world.season.pk}"
    days = {"starts_on": world.season.starts_on, "ends_on": world.season.ends_on}
    season, is_new = Season.objects.get_or_create(slug=slug, defaults={"is_rehearsal": True, **days})
    if is_new:
        slot = OccurrenceFactory(session__season=season)
        start = slot.starts_at + timedelta(days=1)
        parts = [*alone(slot), Part(0, start, start + HOUR)]
        changes.arrange(occurrence_id=slot.pk, parts=parts, now=moment.of(season))
    return Occurrence.objects.select_related("session__season").get(session__season=season)
