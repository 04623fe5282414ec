"""What the tests of announced seasons share: a season that is open, and mailboxes that asked to hear of it."""

from datetime import timedelta

from registrations.next_season import announcing
from tests.factories import NextSeasonSubscriberFactory, OccurrenceFactory
from tests.support.registrations.signing_up import NOW


def open_season(*, now=NOW, **season):
    more = {f"session__season__{name}": value for name, value in season.items()}
    return OccurrenceFactory(starts_at=now + timedelta(days=20), **more).session.season


def subscribers(number, **more):
    return NextSeasonSubscriberFactory.create_batch(number, **more)


def announce(season, people, now=NOW, by=None):
    return announcing.announce(season_id=season.pk, people=people, now=now, by=by)
