"""What staff did, put on record in the transaction of the action itself; docs/decisions/0011 says why so."""

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from registrations.models import (
    AdmissionRequest,
    Answer,
    AskedQuestion,
    AttendanceInterval,
    Certificate,
    ClearedSuspect,
    Delegation,
    FeedbackTicket,
    Invitation,
    Message,
    Participant,
    Registration,
    SeatRemoval,
    StaffAction,
)
from sessions.models import SpeakerQuestion

ADDED, CHANGED, DELETED = "added", "changed", "deleted"
# What a row notes by itself, and staff never type.
NOT_RECORDED = {
    *("id", "uid", "sequence", "changed_at", "reworded", "taken", "waiting"),
    *("typed_start", "typed_end", "typed_zone", "clock_ahead"),
}
# Administrators read what it was; who else reads the audit log learns that it was changed, and no more.
SECRET = {"meeting_url", "meeting_phone", "part_urls"}
# In the audit log they are numbers: erasing somebody must not have to look here.
PEOPLE = (
    *(AdmissionRequest, Answer, AskedQuestion, AttendanceInterval, Certificate, ClearedSuspect, Delegation),
    *(FeedbackTicket, Invitation, Message, Participant, Registration, SpeakerQuestion),
)
# Whose reasons may say something of a person.
KINDS_ABOUT_PEOPLE = [model._meta.label_lower for model in (*PEOPLE, SeatRemoval)]


def record(action, row=None, *, by, about="", before=None, after=None, why="", change=None) -> StaffAction:
    """Keep that `by` did this to `row`, or to what `about` says where there is no row.

    `action` is a short code with its words in admin/audit/wording.py, `change` the SlotChange that it made. Never put
    details of participants into `about`, `before` or `after`: numbers of people, not their names. Reasons about people
    are for who may view people, and go when they are erased. `by` is None for commands.
    """
    return StaffAction.objects.create(
        action=action,
        made_by=by,
        by_name=by.get_username() if by else "",
        made_at=timezone.now(),
        kind=row._meta.label_lower if row else "",
        object_id=row.pk if row else None,
        about=about or (name_of(row) if row else ""),
        page=_page_of(row, is_gone=action == DELETED) if row else "",
        before=before or {},
        after=after or {},
        why=why,
        change=change,
    )


def record_difference(row, before, after, *, by, action="", why="", change=None) -> StaffAction | None:
    """Keep what became different between two `facts` of the row; nothing for rows that stayed as they were.

    Without an action it is "added", "changed" or "deleted", according to which of the two is empty.
    """
    changed_before, changed_after = _difference(row, before, after)
    if not action and not changed_before and not changed_after:
        return None
    action = action or _usual_action(before, after)
    return record(action, row, by=by, before=changed_before, after=changed_after, why=why, change=change)


def facts(row) -> dict:
    """What a row says now, by field, to be compared later."""
    fields = [field for field in row._meta.concrete_fields if field.name not in NOT_RECORDED]
    return {field.name: _plain(field.value_from_object(row)) for field in fields}


def stored(model, pks) -> dict[int, dict]:
    """The facts of these rows as they are stored."""
    return {row.pk: facts(row) for row in model._default_manager.filter(pk__in=pks)}


def _usual_action(before, after):
    if not before:
        return ADDED
    return CHANGED if after else DELETED


def _difference(row, before, after) -> tuple[dict, dict]:
    old, new = _without_empty(before), _without_empty(after)
    names = [field.name for field in row._meta.concrete_fields]
    changed = [name for name in names if old.get(name) != new.get(name)]
    return (
        {name: _to_record(row, name, old[name]) for name in changed if name in old},
        {name: _to_record(row, name, new[name]) for name in changed if name in new},
    )


def _without_empty(facts_of_row):
    """The empty fields of a new row would fill the audit log with nothing."""
    return {name: value for name, value in facts_of_row.items() if value not in (None, "", [], {})}


def _to_record(row, name, value):
    field = row._meta.get_field(name)
    if field.is_relation:
        related = field.related_model._default_manager.filter(pk=value).first()
        return str(related or value)
    return value


def _plain(value):
    """A file is its name; parts of a time slot are lines."""
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return getattr(value, "name", value) or "" if hasattr(value, "storage") else value


def name_of(row) -> str:
    """As it is called in a log; people are numbers there."""
    if isinstance(row, PEOPLE):
        return f"{row._meta.verbose_name} {row.pk}"
    return str(row)[:400]


def _page_of(row, *, is_gone) -> str:
    """Where staff find it in the admin: its own page, or that of the session or season whose form has it."""
    for found in (None if is_gone else row, getattr(row, "session", None), getattr(row, "season", None)):
        if found is not None:
            try:
                return reverse(f"admin:{found._meta.app_label}_{found._meta.model_name}_change", args=[found.pk])
            except NoReverseMatch:
                continue
    return ""
