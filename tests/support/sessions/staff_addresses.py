"""The addresses of the staff's desk: who gets which answer, and an object for each."""

from django.urls import reverse

from registrations import audit
from registrations.models import AdmissionRequest, InvitationBatch, Mailbox, SeatRemoval, SlotChange, Transfer
from sessions.models import PageText, Party
from tests.factories import (
    AskedQuestionFactory,
    AttendanceUploadFactory,
    InvitationFactory,
    MessageFactory,
    NextSeasonSubscriberFactory,
    OccurrenceFactory,
    RegistrationFactory,
    SpeakerFactory,
    UploadedTableFactory,
)
from tests.support.registrations.certificates import certify
from tests.support.registrations.circulars import draft, send

STRANGER, PARTICIPANT, OWNER = "stranger", "participant", "owner"
EDITOR, OFFICER, VIEWER = "Programme editor", "Registration officer", "Viewer"
PEOPLE = [STRANGER, PARTICIPANT, VIEWER, OFFICER, EDITOR, OWNER]


# In the order of PEOPLE. Strangers and participants are led to the sign-in, where participants are refused;
# who may take back or revive what needs neither, or invite to a session that is open to all, is led back.
TABLE = {
    "index": (302, 302, 200, 200, 200, 200),
    "find": (302, 302, 200, 200, 200, 200),
    "handbook": (302, 302, 200, 200, 200, 200),
    "handbook_chapter": (302, 302, 200, 200, 200, 200),
    "handbook_picture": (302, 302, 200, 200, 200, 200),
    "jsi18n": (302, 302, 200, 200, 200, 200),
    "password_change": (302, 302, 200, 200, 200, 200),
    "app_list online_sessions": (302, 302, 200, 200, 200, 200),
    "app_list registrations": (302, 302, 404, 200, 200, 200),
    "app_list auth": (302, 302, 404, 404, 404, 200),
    "online_sessions_season_changelist": (302, 302, 200, 200, 200, 200),
    "online_sessions_season_add": (302, 302, 403, 403, 200, 200),
    "online_sessions_season_change": (302, 302, 200, 200, 200, 200),
    "online_sessions_season_history": (302, 302, 403, 302, 302, 302),
    "online_sessions_season_delete": (302, 302, 403, 403, 403, 200),
    "online_sessions_season_announce": (302, 302, 403, 403, 200, 200),
    "online_sessions_season_take_back": (302, 302, 403, 403, 302, 302),
    "online_sessions_season_timetable": (302, 302, 200, 200, 200, 200),
    "online_sessions_season_widget": (302, 302, 200, 200, 200, 200),
    # Of a real season: led back.
    "online_sessions_season_clock": (302, 302, 403, 403, 302, 302),
    "registrations_message_box": (302, 302, 403, 302, 403, 302),
    "registrations_message_boxed": (302, 302, 403, 302, 403, 302),
    "registrations_message_boxed_html": (302, 302, 403, 302, 403, 302),
    "online_sessions_season_overview": (302, 302, 200, 200, 200, 200),
    "online_sessions_season_figures": (302, 302, 200, 200, 200, 200),
    "online_sessions_season_sentence": (302, 302, 200, 200, 200, 200),
    "online_sessions_season_store_figures": (302, 302, 403, 403, 302, 302),
    "online_sessions_season_publish_figures": (302, 302, 403, 403, 302, 302),
    "online_sessions_season_take_back_figures": (302, 302, 403, 403, 302, 302),
    "online_sessions_season_figures_file": (302, 302, 200, 200, 200, 200),
    "online_sessions_season_archive": (302, 302, 403, 403, 200, 200),
    "online_sessions_season_feedback": (302, 302, 403, 200, 200, 200),
    "online_sessions_season_feedback_file": (302, 302, 403, 200, 200, 200),
    "online_sessions_session_feedback": (302, 302, 403, 200, 200, 200),
    "online_sessions_season_copy": (302, 302, 403, 403, 200, 200),
    "online_sessions_season_open": (302, 302, 403, 403, 302, 302),
    "online_sessions_season_publish": (302, 302, 403, 403, 302, 302),
    "online_sessions_season_withdraw": (302, 302, 403, 403, 200, 200),
    "online_sessions_session_publish": (302, 302, 403, 403, 302, 302),
    "online_sessions_session_withdraw": (302, 302, 403, 403, 200, 200),
    "online_sessions_season_translations": (302, 302, 403, 403, 200, 200),
    "online_sessions_season_translate": (302, 302, 403, 403, 200, 200),
    "online_sessions_season_translations_table": (302, 302, 403, 403, 200, 200),
    "online_sessions_season_bring_translations": (302, 302, 403, 403, 200, 200),
    "online_sessions_session_translations": (302, 302, 403, 403, 200, 200),
    "online_sessions_session_translate": (302, 302, 403, 403, 200, 200),
    "online_sessions_session_translations_table": (302, 302, 403, 403, 200, 200),
    "online_sessions_session_bring_translations": (302, 302, 403, 403, 200, 200),
    "online_sessions_session_changelist": (302, 302, 200, 200, 200, 200),
    "online_sessions_session_add": (302, 302, 403, 403, 200, 200),
    "online_sessions_session_change": (302, 302, 200, 200, 200, 200),
    "online_sessions_session_history": (302, 302, 403, 302, 302, 302),
    "online_sessions_session_delete": (302, 302, 403, 403, 403, 200),
    "online_sessions_session_announce": (302, 302, 403, 403, 200, 200),
    "online_sessions_session_take_back": (302, 302, 403, 403, 302, 302),
    "online_sessions_session_invite": (302, 302, 403, 302, 403, 302),
    # Anyone who uploaded it alone; nobody of these did.
    "online_sessions_uploadedtable_columns": (302, 302, 403, 404, 403, 404),
    "online_sessions_occurrence_changelist": (302, 302, 200, 200, 200, 200),
    "online_sessions_occurrence_add": (302, 302, 403, 403, 403, 403),
    "online_sessions_occurrence_change": (302, 302, 200, 200, 200, 200),
    "online_sessions_occurrence_history": (302, 302, 403, 302, 302, 302),
    "online_sessions_occurrence_delete": (302, 302, 403, 403, 403, 200),
    "online_sessions_occurrence_typed_hours": (302, 302, 200, 200, 200, 200),
    "online_sessions_occurrence_move": (302, 302, 403, 403, 200, 200),
    "online_sessions_occurrence_parts": (302, 302, 403, 403, 200, 200),
    "online_sessions_occurrence_call_off": (302, 302, 403, 403, 200, 200),
    "online_sessions_occurrence_revive": (302, 302, 403, 403, 302, 302),
    "online_sessions_speakerquestion_changelist": (302, 302, 403, 200, 200, 200),
    "online_sessions_speakerquestion_add": (302, 302, 403, 403, 403, 403),
    "online_sessions_speakerquestion_change": (302, 302, 403, 200, 200, 200),
    "online_sessions_speakerquestion_history": (302, 302, 403, 302, 302, 302),
    "online_sessions_speakerquestion_delete": (302, 302, 403, 403, 403, 403),
    "online_sessions_speakerquestion_of_session": (302, 302, 403, 200, 200, 200),
    "online_sessions_speakerquestion_moderator": (302, 302, 403, 200, 200, 200),
    # By a button alone: who looks at the address is led back.
    "online_sessions_speakerquestion_table": (302, 302, 403, 302, 302, 302),
    "online_sessions_pagetext_changelist": (302, 302, 200, 200, 200, 200),
    "online_sessions_pagetext_add": (302, 302, 403, 403, 403, 403),
    "online_sessions_pagetext_change": (302, 302, 200, 200, 200, 200),
    "online_sessions_pagetext_history": (302, 302, 403, 302, 302, 302),
    "online_sessions_pagetext_delete": (302, 302, 403, 403, 403, 403),
    "online_sessions_pagetext_translations": (302, 302, 403, 403, 200, 200),
    "online_sessions_pagetext_translate": (302, 302, 403, 403, 200, 200),
    "online_sessions_pagetext_translations_table": (302, 302, 403, 403, 200, 200),
    "online_sessions_pagetext_bring_translations": (302, 302, 403, 403, 200, 200),
    "online_sessions_party_changelist": (302, 302, 200, 200, 200, 200),
    "online_sessions_party_add": (302, 302, 403, 403, 403, 403),
    "online_sessions_party_change": (302, 302, 200, 200, 200, 200),
    "online_sessions_party_history": (302, 302, 403, 302, 302, 302),
    "online_sessions_party_delete": (302, 302, 403, 403, 403, 403),
    "online_sessions_party_load": (302, 302, 403, 403, 200, 200),
    "registrations_slotchange_changelist": (302, 302, 403, 200, 200, 200),
    "registrations_slotchange_add": (302, 302, 403, 403, 403, 403),
    "registrations_slotchange_change": (302, 302, 403, 200, 200, 200),
    "registrations_slotchange_history": (302, 302, 403, 302, 302, 302),
    "registrations_slotchange_delete": (302, 302, 403, 403, 403, 403),
    "registrations_slotchange_take_back": (302, 302, 403, 403, 302, 302),
    "registrations_slotchange_send_now": (302, 302, 403, 403, 302, 302),
    "registrations_circular_changelist": (302, 302, 403, 200, 200, 200),
    "registrations_circular_add": (302, 302, 403, 200, 403, 200),
    "registrations_circular_change": (302, 302, 403, 200, 200, 200),
    "registrations_circular_history": (302, 302, 403, 302, 302, 302),
    "registrations_circular_delete": (302, 302, 403, 403, 403, 403),
    # Of one that was sent: led back.
    "registrations_circular_write": (302, 302, 403, 302, 403, 302),
    "registrations_circular_preview": (302, 302, 403, 302, 403, 302),
    "registrations_circular_formatted": (302, 302, 403, 200, 403, 200),
    # By a button alone: who looks at the address is led back.
    "registrations_circular_to_myself": (302, 302, 403, 302, 403, 302),
    "registrations_circular_take_back": (302, 302, 403, 200, 403, 200),
    "registrations_circular_delete_draft": (302, 302, 403, 302, 403, 302),
    "registrations_registration_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_registration_add": (302, 302, 403, 403, 403, 403),
    "registrations_registration_change": (302, 302, 403, 200, 403, 200),
    "registrations_registration_history": (302, 302, 403, 302, 403, 302),
    "registrations_registration_delete": (302, 302, 403, 403, 403, 403),
    "registrations_registration_answers": (302, 302, 403, 302, 403, 302),
    "registrations_registration_export": (302, 302, 403, 302, 403, 302),
    "registrations_occurrence_telephone": (302, 302, 403, 200, 403, 200),
    "registrations_occurrence_day_sheet": (302, 302, 403, 200, 403, 200),
    "registrations_occurrence_attendance": (302, 302, 403, 200, 403, 200),
    # Of somebody who has uploaded nothing: led back.
    "registrations_occurrence_attendance_preview": (302, 302, 403, 302, 403, 302),
    # Anyone who uploaded it alone; nobody of these did.
    "registrations_attendanceupload_columns": (302, 302, 403, 404, 403, 404),
    "registrations_registration_move_people": (302, 302, 403, 302, 403, 302),
    "registrations_registration_send_mails": (302, 302, 403, 302, 403, 302),
    "registrations_participant_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_participant_add": (302, 302, 403, 403, 403, 403),
    "registrations_participant_change": (302, 302, 403, 200, 403, 200),
    "registrations_participant_address": (302, 302, 403, 200, 403, 200),
    # Of a mail that has not left, so that they are led back.
    "registrations_message_send_again": (302, 302, 403, 302, 403, 302),
    "registrations_participant_merge": (302, 302, 403, 200, 403, 200),
    "registrations_participant_as_seen": (302, 302, 403, 200, 403, 200),
    "registrations_participant_name": (302, 302, 403, 200, 403, 200),
    "registrations_participant_history": (302, 302, 403, 302, 403, 302),
    "registrations_participant_delete": (302, 302, 403, 403, 403, 403),
    "registrations_transfer_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_transfer_add": (302, 302, 403, 403, 403, 403),
    "registrations_transfer_change": (302, 302, 403, 200, 403, 200),
    "registrations_transfer_history": (302, 302, 403, 302, 403, 302),
    "registrations_transfer_delete": (302, 302, 403, 403, 403, 403),
    "registrations_transfer_take_back": (302, 302, 403, 200, 403, 200),
    "registrations_seatremoval_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_seatremoval_add": (302, 302, 403, 403, 403, 403),
    "registrations_seatremoval_change": (302, 302, 403, 200, 403, 200),
    "registrations_seatremoval_history": (302, 302, 403, 302, 403, 302),
    "registrations_seatremoval_delete": (302, 302, 403, 403, 403, 403),
    "registrations_seatremoval_suspects": (302, 302, 403, 200, 403, 200),
    # Of nobody, so that they are led back.
    "registrations_seatremoval_take": (302, 302, 403, 302, 403, 302),
    "registrations_certificate_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_certificate_add": (302, 302, 403, 403, 403, 403),
    "registrations_certificate_change": (302, 302, 403, 200, 403, 200),
    "registrations_certificate_history": (302, 302, 403, 302, 403, 302),
    "registrations_certificate_delete": (302, 302, 403, 403, 403, 403),
    "registrations_season_certificates": (302, 302, 403, 200, 403, 200),
    "registrations_season_certificate_people": (302, 302, 403, 200, 403, 200),
    "registrations_session_certificates": (302, 302, 403, 200, 403, 200),
    # Of a session that is to come: led back.
    "registrations_session_certificate_of_speaker": (302, 302, 403, 302, 403, 302),
    "registrations_nextseasonsubscriber_changelist": (302, 302, 403, 403, 403, 200),
    "registrations_nextseasonsubscriber_add": (302, 302, 403, 403, 403, 403),
    "registrations_nextseasonsubscriber_change": (302, 302, 403, 403, 403, 200),
    "registrations_nextseasonsubscriber_history": (302, 302, 403, 403, 403, 302),
    "registrations_nextseasonsubscriber_delete": (302, 302, 403, 403, 403, 403),
    "registrations_invitation_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_invitation_add": (302, 302, 403, 403, 403, 403),
    "registrations_invitation_change": (302, 302, 403, 200, 403, 200),
    "registrations_invitation_history": (302, 302, 403, 302, 403, 302),
    "registrations_invitation_delete": (302, 302, 403, 403, 403, 403),
    "registrations_invitation_withdraw": (302, 302, 403, 200, 403, 200),
    "registrations_invitationbatch_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_invitationbatch_add": (302, 302, 403, 403, 403, 403),
    "registrations_invitationbatch_change": (302, 302, 403, 200, 403, 200),
    "registrations_invitationbatch_history": (302, 302, 403, 302, 403, 302),
    "registrations_invitationbatch_delete": (302, 302, 403, 403, 403, 403),
    "registrations_invitationbatch_undo": (302, 302, 403, 200, 403, 200),
    "registrations_admissionrequest_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_admissionrequest_add": (302, 302, 403, 403, 403, 403),
    "registrations_admissionrequest_change": (302, 302, 403, 200, 403, 200),
    "registrations_admissionrequest_history": (302, 302, 403, 302, 403, 302),
    "registrations_admissionrequest_delete": (302, 302, 403, 403, 403, 403),
    "registrations_message_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_message_post": (302, 302, 403, 200, 403, 200),
    "registrations_message_failures": (302, 302, 403, 200, 403, 200),
    "registrations_message_add": (302, 302, 403, 403, 403, 403),
    "registrations_message_change": (302, 302, 403, 200, 403, 200),
    "registrations_message_history": (302, 302, 403, 302, 403, 302),
    "registrations_message_delete": (302, 302, 403, 403, 403, 403),
    "registrations_mailbox_changelist": (302, 302, 403, 200, 403, 200),
    "registrations_mailbox_add": (302, 302, 403, 403, 403, 403),
    "registrations_mailbox_change": (302, 302, 403, 200, 403, 200),
    "registrations_mailbox_history": (302, 302, 403, 302, 403, 302),
    "registrations_mailbox_delete": (302, 302, 403, 403, 403, 403),
    "registrations_staffaction_changelist": (302, 302, 403, 200, 200, 200),
    "registrations_staffaction_add": (302, 302, 403, 403, 403, 403),
    "registrations_staffaction_change": (302, 302, 403, 200, 200, 200),
    "registrations_staffaction_history": (302, 302, 403, 302, 302, 302),
    "registrations_staffaction_delete": (302, 302, 403, 403, 403, 403),
}


# Addresses of users, groups and second factors: for the owner alone, whatever the page.
OWNERS_ONLY = {"auth", "mfa"}


# They lead on to somewhere else, or serve only pages that are in the table.
LEAD_ON = {"login", "logout", "password_change_done", "autocomplete", "view_on_site"}


def one_of_everything() -> dict:
    """An object for each kind that the desk lists."""
    registration = RegistrationFactory(occurrence=OccurrenceFactory())
    SpeakerFactory(session=registration.session)
    slot, at = registration.occurrence, registration.occurrence.changed_at
    batch = InvitationBatch.objects.create(session=registration.session, source="pasted", made_at=slot.changed_at)
    invitation = InvitationFactory(session=registration.session, batch=batch)
    asked = AdmissionRequest.objects.create(invitation=invitation, name="Zoe", asked_at=slot.changed_at)
    return {
        "season": registration.session.season,
        "session": registration.session,
        "occurrence": slot,
        "speakerquestion": AskedQuestionFactory(question__session=registration.session).question,
        # From a migration, and gone where a test has emptied all tables.
        "pagetext": PageText.objects.update_or_create(page=PageText.Page.ABOUT, defaults={"text": "Ours"})[0],
        "party": Party.objects.create(country="404", since="2017-08-16"),
        "slotchange": _change_of(slot),
        "circular": send(draft(registration.session.season, sessions=(registration.session_id,))),
        "registration": registration,
        "participant": registration.participant,
        "staffaction": audit.record("changed", slot, by=None),
        "invitation": invitation,
        "seatremoval": SeatRemoval.objects.create(reason="fake", made_at=slot.changed_at),
        "transfer": Transfer.objects.create(occurrence=slot, made_at=at, mails_leave_at=at, people=1),
        "certificate": certify(registration),
        "nextseasonsubscriber": NextSeasonSubscriberFactory(),
        "invitationbatch": invitation.batch,
        "admissionrequest": asked,
        "uploadedtable": UploadedTableFactory(session=registration.session),
        "attendanceupload": AttendanceUploadFactory(occurrence=slot),
        "mailbox": Mailbox.objects.create(address="ana@example.org", state="bad", last_at=slot.changed_at),
        "message": MessageFactory(participant=registration.participant, registration=registration),
    }


def _change_of(slot) -> SlotChange:
    times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
    before = {"starts_at_before": slot.starts_at, "ends_at_before": slot.ends_at}
    moments = {"made_at": slot.changed_at, "mails_leave_at": slot.changed_at}
    return SlotChange.objects.create(
        kind="moved", occurrence=slot, sequence=slot.sequence, **times, **before, **moments
    )


# Which chapter and which picture.
OF_HANDBOOK = {"handbook_chapter": "people", "handbook_picture": "telephone"}


def address(name, rows) -> str:
    if name in OF_HANDBOOK:
        return reverse(f"admin:{name}", args=[OF_HANDBOOK[name]])
    if name.startswith("registrations_message_box"):
        of_mail = [rows["message"].pk] if "boxed" in name else []
        return reverse(f"admin:{name}", args=[rows["season"].pk, *of_mail])
    name, _space, app_label = name.partition(" ")
    if app_label:
        return reverse("admin:app_list", args=[app_label])
    rest = name.removeprefix("online_sessions_").removeprefix("registrations_")
    model, _line, page = rest.partition("_")
    without_row = ("changelist", "add", "export", "post", "failures", "suspects", "take", "typed_hours", "move_people")
    without_row += ("send_mails", "answers", "load")
    if model == "speakerquestion" and page in ("of_session", "moderator", "table"):
        return reverse(f"admin:{name}", args=[rows["session"].pk])
    needs_row = model in rows and page not in without_row
    row = [rows[model].pk] if needs_row else []
    # The row whose texts are translated; the language of a table, and what kind of file it is.
    others = {"translate": [f"{model}-{row[0]}"] if row else [], "translations_table": ["ar", "csv"]}
    return reverse(f"admin:{name}", args=[*row, *others.get(page, [])])


def all_patterns(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from all_patterns(pattern.url_patterns)
        else:
            yield pattern
