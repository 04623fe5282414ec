"""What staff did, in words."""

from django.apps import apps
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import audit
from registrations.admin.base import NOTHING, in_geneva

ACTIONS = {
    "added": gettext_lazy("added"),
    "changed": gettext_lazy("changed"),
    "deleted": gettext_lazy("deleted"),
    "moved": gettext_lazy("moved"),
    "called-off": gettext_lazy("called off"),
    "revived": gettext_lazy("held after all"),
    "taken-back": gettext_lazy("change taken back"),
    "sent-now": gettext_lazy("waiting mails sent at once"),
    "sent-again": gettext_lazy("failed mails sent again"),
    "failures-settled": gettext_lazy("failures of mails marked as done"),
    "failures-opened": gettext_lazy("failures of mails marked as not done"),
    "announced": gettext_lazy("announced what is published"),
    "season-announced": gettext_lazy("announced the season"),
    "materials-taken-back": gettext_lazy("announcement of what is published taken back"),
    "announcement-taken-back": gettext_lazy("announcement taken back"),
    "circular-written": gettext_lazy("draft of a circular written"),
    "circular-changed": gettext_lazy("draft of a circular changed"),
    "circular-sent": gettext_lazy("circular sent"),
    "circular-taken-back": gettext_lazy("circular taken back"),
    "circular-deleted": gettext_lazy("draft of a circular deleted"),
    "certificates-issued": gettext_lazy("certificates issued"),
    "certificates-taken-back": gettext_lazy("issued certificates taken back"),
    "certificate-withdrawn": gettext_lazy("certificate withdrawn"),
    "certificate-replaced": gettext_lazy("certificate replaced by a corrected one"),
    "certificate-of-speaker": gettext_lazy("certificate issued to a speaker"),
    "hour-kept": gettext_lazy("left where it is, after the rules of its zone had changed"),
    "translated": gettext_lazy("translated"),
    "published": gettext_lazy("published"),
    "unpublished": gettext_lazy("withdrawn from the public"),
    "speaker-question-added": gettext_lazy("question to speakers added from the chat of the meeting"),
    "speaker-question-worded": gettext_lazy("question to speakers worded or answered"),
    "speaker-question-published": gettext_lazy("question to speakers published"),
    "speaker-question-withdrawn": gettext_lazy("published question to speakers withdrawn"),
    "speaker-question-hidden": gettext_lazy("question to speakers not taken up"),
    "speaker-question-taken-up": gettext_lazy("question to speakers taken up again"),
    "speaker-question-merged": gettext_lazy("question to speakers put together with another one"),
    "speaker-question-separated": gettext_lazy("question to speakers stands alone again"),
    "figures-stored": gettext_lazy("figures stored"),
    "figures-made-final": gettext_lazy("figures made final: others may have them"),
    "parties-stored": gettext_lazy("list of the Parties stored"),
    "figures-published": gettext_lazy("figures published"),
    "figures-taken-back": gettext_lazy("published figures taken back"),
    "clock-moved": gettext_lazy("clock of the rehearsal moved"),
    "feedback-published": gettext_lazy("feedback published"),
    "feedback-taken-back": gettext_lazy("published feedback taken back"),
    "copied": gettext_lazy("copied from another season"),
    "registration-opened": gettext_lazy("registration opened"),
    "people-moved": gettext_lazy("moved people here from another time slot of the session"),
    "person-moved": gettext_lazy("moved to another time slot of the session"),
    "people-moved-back": gettext_lazy("took back that people were moved here"),
    "person-moved-back": gettext_lazy("moved back to the time slot before"),
    "agreed-by-telephone": gettext_lazy("agreed by telephone to take part, agreement noted"),
    "day-sheet-with-names": gettext_lazy("day sheet shown with names"),
    "archived": gettext_lazy("archive taken"),
    "exported": gettext_lazy("exported"),
    "invited": gettext_lazy("invited"),
    "withdrawn": gettext_lazy("invitation withdrawn"),
    "address-corrected": gettext_lazy("e-mail address corrected"),
    "registered-by-telephone": gettext_lazy("registered by telephone, agreement noted"),
    "name-corrected": gettext_lazy("name corrected"),
    "merged": gettext_lazy("merged with another person"),
    "merged-into": gettext_lazy("merged into another person"),
    "page-seen": gettext_lazy("looked at the page of the person"),
    "mail-sent-again": gettext_lazy("mail sent again"),
    "place-taken-away": gettext_lazy("place taken away"),
    "places-taken-away": gettext_lazy("places taken away"),
    "places-given-back": gettext_lazy("places given back"),
    "allowed-again": gettext_lazy("allowed to register again"),
    "suspects-cleared": gettext_lazy("said that people whose sign-ups look made up are real"),
    "suspects-listed-again": gettext_lazy("listed people again who had been marked as real"),
    "colleague-invited": gettext_lazy("invited to the staff desk"),
    "colleague-removed": gettext_lazy("removed from the staff"),
    "colleague-back": gettext_lazy("brought back to the staff"),
    "second-factor-reset": gettext_lazy("second factor reset"),
    "password-chosen": gettext_lazy("first password chosen"),
    "password-changed": gettext_lazy("password changed"),
    "attendance-read": gettext_lazy("report of attendance added"),
    "attendance-undone": gettext_lazy("report of attendance undone"),
    "request-refused": gettext_lazy("request to be let in refused"),
}
SECRETS = {"set": gettext_lazy("(set, kept secret)"), "changed": gettext_lazy("(changed, kept secret)")}
LONGEST_IN_LISTS = 60


def action_of(entry) -> str:
    return str(ACTIONS.get(entry.action) or entry.action.replace("-", " "))


def kind(action) -> str:
    """What sort of thing it was done to; empty for what is none of our rows."""
    model = _model(action)
    return str(model._meta.verbose_name) if model else ""


def differences(action, *, shows_secrets=False) -> list[tuple[str, str, str]]:
    """Field, before and after, each in words."""
    sides = (action.before, action.after) if shows_secrets else _without_secrets(action)
    return [(_label(action, name), *(_value(name, side.get(name)) for side in sides)) for name in _names(action)]


def in_short(action) -> str:
    """Capacity: 10 → 20; what is no field of a row, such as a number of mails, mostly has no before."""

    def has_before(name):
        return name in action.before or _is_field(action, name)

    said = zip(_names(action), differences(action), strict=True)
    return "; ".join(
        f"{label}: {_cut(before)} → {_cut(after)}" if has_before(name) else f"{label}: {_cut(after)}"
        for name, (label, before, after) in said
    )


def _without_secrets(action) -> tuple[dict, dict]:
    """Before and after, with what became of a secret in its place."""
    before = {name: "set" for name in audit.SECRET & action.before.keys()}
    after = {name: "changed" if name in before else "set" for name in audit.SECRET & action.after.keys()}
    return action.before | before, action.after | after


def _names(action) -> list[str]:
    return [*action.before, *(name for name in action.after if name not in action.before)]


def _is_field(action, name) -> bool:
    model = _model(action)
    return bool(model) and name in {field.name for field in model._meta.concrete_fields}


def _label(action, name) -> str:
    is_field = _is_field(action, name)
    return capfirst(_model(action)._meta.get_field(name).verbose_name if is_field else name.replace("_", " "))


def _value(name, value) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, dict):
        return "\n".join(f"{key}: {each}" for key, each in value.items())
    if name in audit.SECRET:
        return str(SECRETS.get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    moment = parse_datetime(value) if isinstance(value, str) and name.endswith("_at") else None
    return in_geneva(moment) if moment else str(value)


def _cut(text) -> str:
    return text if len(text) <= LONGEST_IN_LISTS else text[:LONGEST_IN_LISTS] + "\N{HORIZONTAL ELLIPSIS}"


def _model(action):
    try:
        return apps.get_model(action.kind)
    except (LookupError, ValueError):
        return None
