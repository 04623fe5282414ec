"""Time that passes at once: what was stored lies further back, and what lives goes on from there."""

from datetime import timedelta

from django.db.models import F

from registrations.models import LastRun, Message, Registration, SlotChange

MOMENTS = {
    LastRun: ["at"],
    Message: ["queued_at", "due_at", "sent_at", "leased_until", "refused_since"],
    Registration: ["registered_at", "revised_at"],
    SlotChange: ["made_at"],
}


def let_pass(time: timedelta, *, models=tuple(MOMENTS)):
    for model in models:
        model.objects.update(**{name: F(name) - time for name in MOMENTS[model]})
