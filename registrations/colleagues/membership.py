"""The role and address of a member of staff, their lost second factor, and whether they are on the staff at all."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from registrations import audit
from registrations.colleagues import browser_sessions
from registrations.people import staff
from registrations.people.identity import fold_address
from sessions.staff import roles


class ChangedMeanwhile(Exception):
    """Somebody has changed something of this colleague since the page was opened."""


class LastAdministrator(Exception):
    """Nobody else could decide any more who is on the staff."""


class AddressTaken(Exception):
    """Somebody else on the staff has this address."""


def state_of(user) -> str:
    """What the pages show of somebody, to be compared later."""
    factors = Authenticator.objects.filter(user=user).order_by("pk").values_list("pk", flat=True)
    return repr([roles.of(user), user.email, user.is_active, staff.is_invited(user), list(factors)])


@transaction.atomic
def change(*, user_id, shown, role, email, by):
    """Another role or address. Locks all members of staff; raises ChangedMeanwhile, LastAdministrator, AddressTaken."""
    user, others = _locked(user_id, shown)
    if role != roles.ADMINISTRATOR:
        _require_another_administrator(user, others)
    if any(other.is_active and fold_address(other.email) == fold_address(email) for other in others):
        raise AddressTaken
    before = {"role": roles.of(user), "email": user.email}
    after = {"role": role, "email": email}
    changed = [name for name in before if before[name] != after[name]]
    if not changed:
        return
    roles.give(user, role)
    user.email = email
    user.save(update_fields=["email"])
    audit.record("changed", user, by=by, **_sides(changed, before, after))


@transaction.atomic
def remove(*, user_id, shown, by):
    """Signed out at once, and never let in again without an invitation; what they did keeps their name.

    Locks all members of staff; raises ChangedMeanwhile or LastAdministrator.
    """
    user, others = _locked(user_id, shown)
    _require_another_administrator(user, others)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    audit.record("colleague-removed", user, by=by, before={"role": roles.of(user)})


@transaction.atomic
def reset_second_factor(*, user_id, shown, by):
    """Nothing of it remains, and they are signed out: at their next sign-in they set up another one.

    Locks all members of staff; raises ChangedMeanwhile.
    """
    user, _others = _locked(user_id, shown)
    Authenticator.objects.filter(user=user).delete()
    browser_sessions.end_all(user)
    audit.record("second-factor-reset", user, by=by)


def _locked(user_id, shown):
    everybody = {user.pk: user for user in staff.locked()}
    user = everybody.pop(user_id, None)
    if user is None or state_of(user) != shown:
        raise ChangedMeanwhile
    return user, list(everybody.values())


def _require_another_administrator(user, others):
    """Where this one is an administrator; who was invited, and has not come in, is not counted."""
    able = [each for each in others if each.is_superuser and each.is_active and not staff.is_invited(each)]
    if user.is_superuser and not able:
        raise LastAdministrator


def _sides(names, before, after) -> dict:
    return {"before": {name: before[name] for name in names}, "after": {name: after[name] for name in names}}
