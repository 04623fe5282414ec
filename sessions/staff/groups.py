"""What each group of staff may do: the table that `set_up_staff_groups` writes into the database."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

PROGRAMME = ["season", "stream", "session", "occurrence", "speaker", "material", "question"]
INVITING = ["invitation", "invitationbatch", "admissionrequest"]
PEOPLE = ["participant", "registration", "transfer", "seatremoval", "message", "mailbox", "certificate", *INVITING]


def _may(app_label, actions, models) -> set[tuple[str, str]]:
    return {(app_label, f"{action}_{model}") for action in actions for model in models}


SEE_PROGRAMME = _may("online_sessions", ["view"], [*PROGRAMME, "pagetext", "party"])
# Those of people to the speakers; who asked them is for who may view people.
QUESTIONS = _may("online_sessions", ["view", "change"], ["speakerquestion"])
SEE_CHANGES = _may("registrations", ["view"], ["slotchange", "circular", "staffaction"])

# Nobody in a group deletes what people have registered for: a slot is called off, a session stays.
GROUPS = {
    # Adds and changes the programme and what a sign-up asks, deletes speakers, materials and questions without answers,
    # answers and publishes questions to speakers, reads what staff did, and what people said of sessions, which it
    # publishes; sees no people and no answers.
    "Programme editor": SEE_PROGRAMME
    | SEE_CHANGES
    | QUESTIONS
    | _may("online_sessions", ["add", "change"], PROGRAMME)
    | _may("online_sessions", ["change"], ["pagetext", "party"])
    | _may("online_sessions", ["delete"], ["speaker", "material", "question"])
    | _may("registrations", ["view", "change"], ["feedback"]),
    # Reads people and their mails, corrects addresses (the right to change participants), registers people by
    # telephone, moves people to other time slots and takes places away (the right to change registrations), invites
    # people, answers and publishes questions to speakers, sends failed mails again (the right to change mails), writes
    # to people (the right to add circulars), reads what people said of sessions, and issues certificates, withdraws and
    # replaces them.
    "Registration officer": SEE_PROGRAMME
    | SEE_CHANGES
    | QUESTIONS
    | _may("registrations", ["view"], [*PEOPLE, "feedback"])
    | _may("registrations", ["add"], ["invitation", "registration", "circular", "certificate"])
    | _may("registrations", ["change"], ["participant", "registration", "message", "certificate", *INVITING]),
    # Reads the programme.
    "Viewer": SEE_PROGRAMME,
}


@transaction.atomic
def set_up():
    """Make the groups exactly what the table says; other groups, and who is in which, stay as they are."""
    all_there_are = Permission.objects.select_related("content_type")
    permissions = {(each.content_type.app_label, each.codename): each for each in all_there_are}
    for name, wanted in GROUPS.items():
        group, _is_new = Group.objects.get_or_create(name=name)
        group.permissions.set([permissions[key] for key in wanted])
