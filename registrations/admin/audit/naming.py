"""Whom a line of the audit log is about, by name, while we know them; the log itself keeps numbers of people only."""

from registrations.models import Participant, Registration


def note_names(actions, user):
    """Give each `named`: what it is about, with the name of the person for who may view people; in two queries."""
    may_see = user.has_perm("registrations.view_participant")
    people = _people(_ids(actions, Participant)) if may_see else {}
    registrations = _registrations(_ids(actions, Registration)) if may_see else {}
    known = {Participant._meta.label_lower: people, Registration._meta.label_lower: registrations}
    for action in actions:
        action.named = known.get(action.kind, {}).get(action.object_id, action.about)


def _ids(actions, model) -> set[int]:
    return {action.object_id for action in actions if action.kind == model._meta.label_lower}


def _people(ids) -> dict[int, str]:
    return dict(Participant.objects.filter(pk__in=ids, anonymised_at=None).values_list("pk", "name")) if ids else {}


def _registrations(ids) -> dict[int, str]:
    if not ids:
        return {}
    known = Registration.objects.filter(pk__in=ids, participant__anonymised_at=None)
    rows = known.values_list("pk", "participant__name", "session__title")
    return {pk: f"{name}, {session}" for pk, name, session in rows}
