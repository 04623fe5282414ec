"""What administrators do to their colleagues while others are at work."""

from uuid import uuid4

from django.contrib.auth.models import User

from registrations.colleagues import inviting, membership, passwords
from sessions.staff import password_links
from tests.support.registrations.signing_up import NOW
from tests.support.staff import PASSWORD


def invite_a_colleague(world, number, who):
    by = _administrator()
    user = _invited(by)
    inviting.invite_again(user_id=user.pk, by=by, now=NOW)
    user = passwords.choose(key=password_links.key_of(user, password_links.INVITATION), password=PASSWORD)
    passwords.change(user=user, password=PASSWORD)


def change_and_remove_a_colleague(world, number, who):
    by = _administrator()
    user = _invited(by)
    membership.change(user_id=user.pk, shown=membership.state_of(user), role="Administrator", email=user.email, by=by)
    user.refresh_from_db()
    membership.reset_second_factor(user_id=user.pk, shown=membership.state_of(user), by=by)
    membership.remove(user_id=user.pk, shown=membership.state_of(user), by=by)
    inviting.bring_back(user_id=user.pk, by=by, now=NOW)


def _administrator():
    return User.objects.create_superuser(f"administrator-{uuid4()}", password=PASSWORD)


def _invited(by):
    name = f"colleague-{uuid4()}"
    return inviting.invite(name=name, email=f"{name}@example.org", role="Viewer", by=by, now=NOW)
