"""The lists of the desk in the groups in which staff think of them, whatever app they belong to."""

from django.utils.translation import gettext_lazy as _

GROUPS = [
    (_("Programme"), ["Season", "Session", "Occurrence", "SpeakerQuestion", "PageText", "Party"]),
    (_("People"), ["Registration", "Participant", "Transfer", "SeatRemoval", "Certificate", "NextSeasonSubscriber"]),
    (_("Invitations"), ["Invitation", "AdmissionRequest", "InvitationBatch"]),
    (_("Mails"), ["Circular", "SlotChange", "Message", "Mailbox"]),
    (_("Staff"), ["User", "StaffAction"]),
]


def of(app_list) -> list[dict]:
    """Of the lists that somebody may see (Django's `app_list`); what belongs to no group comes last."""
    models = {model["object_name"]: model for app in app_list for model in app["models"]}
    groups = [
        {"name": name, "models": [models.pop(each) for each in names if each in models]} for name, names in GROUPS
    ]
    others = {"name": _("Others"), "models": list(models.values())}
    return [group for group in [*groups, others] if group["models"]]
