"""All that is stored about a person, for themselves; without keys, and without what others said or are."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max

from registrations.models import Mailbox, Message, NextSeasonSubscriber
from registrations.people import accounts
from registrations.people.preferences import MAIL_PREFERENCES, wanted_leads
from registrations.privacy import related
from sessions import marked, translations
from sessions.seasons import season_days


def of(person, *, now) -> dict:
    """Nested values under plain names; moments are aware datetimes. Texts of staff in English are marked for a page.

    Keys are left out, because anybody who gets hold of the file could act with them, and texts of mails hold keys.
    """
    season, last_day = person.season, season_days.last(person.season)
    return {
        "season": {
            "title": translations.words(season, "title"),
            "address": season.get_absolute_url(),
            "ends_on": last_day,
        },
        "written_at": now,
        "details_are_kept_until": last_day + timedelta(days=settings.DATA_TERM_DAYS),
        "details": _details(person),
        "choices": _choices(person),
        "consent": {"version": person.consent_version, "agreed_at": person.consented_at, "text": person.consent_text},
        "answers": _answers(person),
        "questions_to_speakers": [_asked(each) for each in _asked_questions(person)],
        "feedback": [
            _feedback(ticket)
            for ticket in person.feedback_tickets.select_related("session").order_by("answered_on", "session")
        ],
        "registrations": [_registration(each) for each in _registrations(person)],
        "mailbox": _mailbox(person),
        "mails": [_mail(mail) for mail in _mails(person)],
        "certificates": [_certificate(each) for each in _certificates(person)],
        "invitations": [_invitation(each) for each in related.invitations_of(person)],
        "requests": [_request(each) for each in related.requests_of(person)],
        "delegations": [_delegation(each) for each in related.delegations_of(person)],
        "account": _account(person),
        "next_season": _next_season(person),
    }


def _details(person):
    return {
        "name": person.name,
        "certificate_name": person.certificate_name,
        "email": person.email,
        "organisation": person.organisation,
        "country": person.country,
        "stakeholder_group": person.stakeholder,
        "language": person.language,
        "time_zone": person.timezone,
        "access_needs": person.access_needs,
        "signed_up_by": person.named_by.name if person.named_by else None,
        # Only those of the same mailbox: another number than was typed would tell who was registered before.
        "people_you_signed_up": person.named.filter(mailbox=person.mailbox).count(),
        "confirmed_at": person.confirmed_at,
        "page_first_opened_at": person.page_opened_at if person.is_opening_known else None,
        "noted_as_real_at": person.cleared.aggregate(at=Max("cleared_at"))["at"],
    }


def _choices(person):
    mails = {what: getattr(person, preference.column) for what, preference in MAIL_PREFERENCES.items()}
    leads = {"reminder_hours_wanted": wanted_leads(person), "reminder_hours_not_wanted": person.unwanted_leads}
    return {"calendar_entries": person.calendar_entries, **mails, **leads}


def _answers(person):
    """To questions of staff, each with all that was answered to it."""
    found = {}
    for answer in person.answers.select_related("question__session").order_by("question", "place"):
        session = answer.question.session
        new = {
            "question": marked.words(answer.question, "words"),
            "session": session and marked.words(session, "title"),
            "answers": [],
        }
        found.setdefault(answer.question_id, new)["answers"].append(marked.choice(answer.question, answer.value))
    return list(found.values())


def _asked_questions(person):
    return person.asked_questions.select_related("question__session").order_by("asked_at", "pk")


def _asked(asked):
    return {
        "session": marked.words(asked.question.session, "title"),
        "text": asked.text,
        "with_name": asked.with_name,
        "with_sign_up": asked.with_sign_up,
        "language": asked.language,
        "asked_at": asked.asked_at,
    }


def _feedback(ticket):
    """That the person answered; what they answered is stored without any way to it."""
    return {"session": marked.words(ticket.session, "title"), "answered_on": ticket.answered_on}


def _registrations(person):
    found = person.registrations.select_related("session", "occurrence", "removal").order_by("registered_at", "pk")
    return found.prefetch_related("attendance_intervals")


def _part(part):
    return {
        "number": part.number,
        "starts_at": part.starts_at,
        "ends_at": part.ends_at,
        "called_off": part.is_called_off,
    }


def _registration(registration):
    slot = registration.occurrence
    return {
        "session": marked.words(registration.session, "title"),
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "parts": [_part(part) for part in slot.parts],
        "state": registration.status,
        "registered_at": registration.registered_at,
        "by_telephone": registration.is_by_telephone,
        "client_digest": registration.client_digest,
        "waiting_since": registration.waiting_since,
        "cancelled_at": registration.cancelled_at,
        "joined_at": registration.joined_at,
        "attended_seconds": registration.attended_seconds,
        "times_in_meetings": [_interval(each) for each in _intervals(registration)],
        "taken_away": _removal(registration),
        "may_register_again": not registration.is_barred,
        "calendar_entry": {
            "uid": registration.uid,
            "revision": registration.sequence,
            "revised_at": registration.revised_at,
            "by_mail": registration.entry_was_mailed,
            "parts_by_mail": [_part(part) for part in registration.told_parts],
        },
    }


def _intervals(registration):
    """As the meeting platform reported them, also what staff undid later."""
    return sorted(registration.attendance_intervals.all(), key=lambda each: (each.joined_at, each.pk))


def _interval(interval):
    return {
        "name": interval.name,
        "email": interval.email,
        "part": interval.part,
        "joined_at": interval.joined_at,
        "left_at": interval.left_at,
        "known_by": interval.decision,
    }


def _removal(registration):
    """That the Secretariat took the place away, and what it said; None for all else."""
    removal = registration.removal
    return removal and {
        "reason": removal.reason if removal.is_told else None,
        "words": removal.words if removal.is_told else None,
    }


def _mails(person):
    """Those to the person, those of their invitations, and those to their mailbox whoever is behind it."""
    own, to_mailbox = person.messages.defer("octets"), related.mails_to_mailboxes([person.mailbox]).defer("octets")
    of_invitations = Message.objects.filter(invitation__in=related.invitations_of(person)).defer("octets")
    return sorted([*own, *of_invitations, *to_mailbox], key=lambda mail: (mail.queued_at, mail.pk))


def _mailbox(person):
    """What mail servers said when a mail came back; None as long as none does."""
    mailbox = Mailbox.objects.filter(address=person.mailbox).first()
    return mailbox and {
        "state": mailbox.state,
        "status": mailbox.last_status,
        "words": mailbox.last_words,
        "failed_at": [datetime.fromisoformat(moment) for moment in mailbox.soft_failures],
        "last_failed_at": mailbox.last_at,
    }


def _mail(mail):
    return {
        "kind": mail.kind,
        "subject": mail.subject,
        "to": mail.recipient,
        "state": mail.status,
        "written_at": mail.queued_at,
        "sent_at": mail.sent_at,
        "kept_for_staff": mail.rehearsal_id is not None,
        "came_back_at": mail.came_back_at,
        "problem": mail.last_error,
        "text_removed_at": mail.emptied_at,
    }


def _invitation(invitation):
    return {
        "session": marked.words(invitation.session, "title"),
        "name": invitation.name,
        "email": invitation.email,
        "organisation": invitation.organisation,
        "language": invitation.language,
        "invited_at": invitation.invited_at,
        "opened_at": invitation.opened_at,
        "accepted_at": invitation.accepted_at,
        "declined_at": invitation.declined_at,
        "withdrawn_at": invitation.withdrawn_at,
    }


def _request(asked):
    return {
        "session": marked.words(asked.invitation.session, "title"),
        "name": asked.name,
        "email": asked.email,
        "organisation": asked.organisation,
        "words": asked.words,
        "asked_at": asked.asked_at,
        "answered_at": asked.answered_at,
        "granted": asked.is_granted,
    }


def _certificates(person):
    found = person.certificates.select_related("session", "replaced_by").prefetch_related("entries")
    return found.order_by("issued_at", "pk")


def _certificate(found):
    return {
        "number": found.number,
        "name": found.name,
        "part": found.part,
        "session": found.session and marked.words(found.session, "title"),
        "issued_at": found.issued_at,
        "withdrawn_at": found.withdrawn_at,
        "reason": found.reason,
        "replaced_by": found.replaced_by.number if found.replaced_by else None,
        "minutes": [entry.minutes for entry in found.entries.all()],
    }


def _delegation(asked):
    """Who was named is others' data."""
    return {"asked_at": asked.asked_at, "people_named": len(asked.named), "deleted_at": asked.expires_at}


def _account(person):
    """That somebody signed in with a code from the mailbox; None if nobody has."""
    user = accounts.of(person.mailbox)
    return user and {"mailbox": person.mailbox, "made_at": user.date_joined, "last_sign_in_at": user.last_login}


def _next_season(person):
    """That the mailbox is on the list of those who hear of the next season; None if it is not."""
    asked = NextSeasonSubscriber.objects.of(person.mailbox).first()
    return asked and {
        "address": asked.mailbox,
        "language": asked.language,
        "consent": {"version": asked.consent_version, "agreed_at": asked.consented_at, "text": asked.consent_text},
    }
