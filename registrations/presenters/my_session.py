"""Ready values for a session as one of its people sees it."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.urls import reverse

from registrations.circulars import on_pages
from registrations.feedback.window import Given
from registrations.models import Registration
from registrations.presenters.entries import Entry
from registrations.presenters.own_circulars import OwnCircular
from sessions.materials import material_groups
from sessions.materials.material_groups import MaterialGroup
from sessions.presenters.sessions import SessionCard
from sessions.presenters.slots import SlotCard
from sessions.public import published_questions
from sessions.public.published_questions import PublishedQuestion


@dataclass(frozen=True)
class OwnMaterialItem(material_groups.MaterialItem):
    """A file of ours is behind the person's own key, because the public address of a hidden session opens nothing."""

    key: str = ""

    @property
    def address(self) -> str:
        if not self.material.file:
            return self.material.url
        return reverse("registrations:own_file", args=[self.key, self.material.session.slug, self.material.pk])


@dataclass(frozen=True)
class OwnSession:
    """One registration; loaded as for `Entry`."""

    registration: Registration
    now: datetime

    @property
    def session(self):
        return self.registration.session

    @cached_property
    def entry(self) -> Entry:
        person = self.registration.participant
        found = on_pages.of_person(person, [self.registration], now=self.now)
        own = tuple(OwnCircular(shown, person) for shown in found)
        return Entry(self.registration, person, self.now, own, Given(person))

    @cached_property
    def card(self) -> SessionCard:
        zone = self.registration.participant.timezone
        return SessionCard(self.session, [SlotCard(self.registration.occurrence, zone, state=None)])

    @cached_property
    def material_groups(self) -> list[MaterialGroup]:
        key = self.registration.participant.key
        return [
            replace(group, items=[OwnMaterialItem(item.material, key) for item in group.items])
            for group in material_groups.groups_of(self.session)
        ]

    @cached_property
    def questions(self) -> list[PublishedQuestion]:
        """What was asked and answered in public, as far as this page is one."""
        return published_questions.of_sessions([self.session.pk]).get(self.session.pk, [])

    @property
    def can_be_opened(self) -> bool:
        return any(group.can_be_opened for group in self.material_groups)
