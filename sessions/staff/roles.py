"""The role of a member of staff: one group of the table, or everything."""

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from sessions.clocks import dates
from sessions.staff import groups

ADMINISTRATOR = "Administrator"
# By the name of the group, what the role is called and what it may do.
ROLES = {
    "Programme editor": (
        _("Programme editor"),
        _("Writes the programme, moves and calls off time slots, announces. Sees no participants."),
    ),
    "Registration officer": (
        _("Registration officer"),
        _("Helps participants: sees them and their mails, corrects addresses, invites. Changes no programme."),
    ),
    "Viewer": (_("Viewer"), _("Reads the programme, without the addresses of meetings.")),
    ADMINISTRATOR: (
        _("Administrator"),
        _("May do everything, also delete, and decides who is on the staff. Give it to as few people as you can."),
    ),
}


def of(user) -> str:
    """The name of the role; several where somebody is in several groups, empty without any."""
    if user.is_superuser:
        return ADMINISTRATOR
    return dates.listed(sorted(group.name for group in user.groups.all()), "en")


def in_words(user) -> str:
    role = of(user)
    return str(ROLES[role][0]) if role in ROLES else role


def give(user, role):
    """This role and no other right."""
    groups.set_up()
    user.is_superuser = role == ADMINISTRATOR
    user.save(update_fields=["is_superuser"])
    user.user_permissions.clear()
    user.groups.set(Group.objects.filter(name=role))
