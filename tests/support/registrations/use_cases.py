"""Everything that locks, done in one world: what people, staff, periodic tasks and the worker do."""

from contextlib import suppress
from datetime import UTC, datetime
from io import StringIO

from django.core.management import call_command

from registrations.attendance import importing
from registrations.calendar_replies.parsing import Decline
from registrations.calendar_replies.responding import NotYet
from registrations.calendar_replies.responding import answer as answer_decline
from registrations.certificates import changing, issuing
from registrations.circulars import drafts, sending
from registrations.corrections import address, merge_plan, merging, name
from registrations.delegations import confirming, delegation
from registrations.delegations.members import Applicants, FocalPoint, Named
from registrations.enrolment import (
    answering,
    by_telephone,
    enrolment,
    own_details,
    preferences,
    refusals,
)
from registrations.enrolment.applicant import Applicant, ChosenSlots
from registrations.figures import keeping, storing
from registrations.invitations import inviting, requests, responding
from registrations.mail import sending_again
from registrations.mailings import announcements
from registrations.models import (
    AdmissionRequest,
    Delegation,
    Invitation,
    InvitationBatch,
    Participant,
)
from registrations.next_season import announcing
from registrations.people.preferences import Preferences
from registrations.privacy import erasure, retention
from registrations.rescheduling import arranging, changes
from registrations.seat_removals import removing, returning
from registrations.transfers import taking_back
from sessions.models import Question
from tests.support.registrations import use_cases_of_feedback as of_feedback
from tests.support.registrations import use_cases_of_rehearsals as of_rehearsals
from tests.support.registrations.inviting import accept, guest, invite
from tests.support.registrations.removing import FAKE, OTHER, take_away
from tests.support.registrations.signing_up import CONSENT, NOW, details, register
from tests.support.registrations.use_cases_of_administrators import change_and_remove_a_colleague, invite_a_colleague
from tests.support.registrations.use_cases_of_certificates import issue_certificates, replace_certificates
from tests.support.registrations.use_cases_of_mail import (
    announce,
    announce_the_season,
    come_back,
    hear_of_the_next_season,
    remind,
    send_again,
    send_mails,
    write_to_people,
)
from tests.support.registrations.use_cases_of_questions import answer_the_questions, ask_the_speakers
from tests.support.registrations.use_cases_of_staff import (
    arrange_parts,
    call_off_and_hold,
    change_the_capacity,
    give_seats,
    load_the_season,
    mark_people_as_real,
    move,
    move_people,
    move_people_and_take_it_back,
    open_a_session,
    prepare_mails,
    publish_and_withdraw,
    publish_figures_and_take_them_back,
    read_a_report,
    rename_a_session,
    rename_the_season,
    send_now,
    settle_failures,
    store_and_publish_figures,
    take_back,
    translate,
    write_about_the_site,
)
from tests.support.registrations.world import KNOWN, in_letters

REFUSED = (
    *(refusals.Refused, own_details.NameTaken, erasure.SignsUpMeanwhile, responding.Withdrawn),
    *(changes.CalledOff, changes.SlotInTheWay, changes.TooLate, changes.CapacityBelowConfirmed),
    *(changes.HeldInParts, arranging.NoPartLeft, arranging.TooManyParts),
    *(announcing.NotOpen, announcing.AnnouncedAlready, announcing.OtherNumber, announcing.TooLate),
    *(sending.SentAlready, sending.NobodyChosen, sending.ChangedMeanwhile, sending.TooLate, drafts.SentMeanwhile),
    *(address.AddressTaken, address.MailboxShared, address.SameMailbox),
    *(address.ChangeWaits, address.ChangedMeanwhile),
    *(sending_again.NotNeeded, delegation.Expired),
    *(importing.ReadAlready, importing.ChangedMeanwhile),
    *(issuing.NotOver, issuing.Nobody, issuing.ChangedMeanwhile, issuing.BeingPrepared, issuing.TooLate),
    *(changing.ChangedMeanwhile, changing.NothingLeft),
    *(merging.NotTwoPeople, merging.KeptUnconfirmed, merging.MailboxShared, merging.ChangedMeanwhile),
    *(name.SameName, name.NameTaken, name.ChangedMeanwhile),
    *(removing.ChangedMeanwhile, returning.GivenBackAlready),
    *(taking_back.ChangedMeanwhile, taking_back.TakenBackAlready, taking_back.NobodyGoesBack),
    *(announcements.NothingToTell, announcements.AnnouncedAlready, announcements.OtherNumber, announcements.TooLate),
    *(keeping.FinalAlready, keeping.PublishedAlready, keeping.NothingStored),
    *(keeping.NotPublished, keeping.NotForEverybody),
    *(storing.TooEarly, storing.TooLate),
    *(NotYet, requests.AnsweredAlready, inviting.NothingAhead, *of_feedback.REFUSED, *of_rehearsals.REFUSED),
)
ENTRIES = ["mail", "none"]


def sign_up(world, number, who):
    name = f"New {who} {in_letters(number)}"
    register(world.slots[5], world.slots[0], name=name, email=f"new{who}{number}@example.org")


def sign_up_again(world, number, who):
    register(world.slots[3], world.slots[2], world.held, name=KNOWN[0], email=guest(KNOWN[0]).email)


def register_by_telephone(world, number, who):
    """Somebody who is known, and whom somebody else had named."""
    person = world.person(KNOWN[number % 3])
    Participant.objects.filter(pk=person.pk).update(confirmed_at=None)
    by_telephone.register(
        season=world.season,
        applicant=Applicant(person.email, details(person.name, organisation="UNEP"), CONSENT),
        chosen=ChosenSlots([world.slots[3].pk], {world.slots[3].pk}),
        submission="",
        by=None,
        now=NOW,
    )


def change_the_slot(world, number, who):
    if registration := world.registration_of(KNOWN[number % 2], world.first):
        target = world.slots[3 if registration.occurrence_id == world.slots[0].pk else 0]
        enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=target.pk, now=NOW, waits=True)


def cancel_and_come_back(world, number, who):
    person = world.person(KNOWN[1])
    if registration := world.registration_of(KNOWN[1], world.second):
        enrolment.cancel(registration_id=registration.pk, now=NOW)
    enrolment.add_session(participant=person, occurrence_id=world.slots[2 + 3 * (number % 2)].pk, now=NOW)


def sign_up_a_delegation(world, number, who):
    """Focal points name each other, and whoever is known."""
    focal, other = [FocalPoint(f"focal{letter}@example.org", details(f"Focal {letter}"), True) for letter in "ab"]
    focal, other = (focal, other) if (number + who) % 2 else (other, focal)
    named = [Named(other.name, other.email), *(Named(name, guest(name).email) for name in reversed(KNOWN))]
    slots, submission = [world.slots[5].pk, world.slots[0].pk], f"{number}-{who}"
    delegation.ask(
        season=world.season,
        applicants=Applicants(focal, named, CONSENT),
        chosen=ChosenSlots(slots),
        submission=submission,
        now=NOW,
    )
    for asked in Delegation.objects.filter(submission=submission):
        delegation.sign_up(delegation_id=asked.pk, occurrence_ids=slots, now=NOW)


def say_yes(world, number, who):
    person = world.person(KNOWN[number % 3])
    Participant.objects.filter(pk=person.pk).update(confirmed_at=None)
    confirming.confirm(participant=person, consent=CONSENT, now=NOW)


def answer_questions(world, number, who):
    person = world.person(KNOWN[number % 3])
    asked = list(Question.objects.in_season(world.season))
    answers = {question.pk: [f"{number}"] for question in asked}
    answering.change(participant=person, answers=answers, questions=asked)


def erase(world, number, who):
    erasure.erase(participant_id=world.person(KNOWN[number % 3]).pk, now=NOW)


def accept_or_decline(world, number, who):
    name = KNOWN[number % 3]
    invitation = Invitation.objects.valid().filter(session=world.hidden, name=name).first()
    if invitation is None:
        inviting.invite_one(session_id=world.hidden.pk, guest=guest(name), by=None, now=NOW)
    elif number % 4 == 3:
        responding.decline(invitation_id=invitation.pk, now=NOW)
    else:
        accept(invitation, world.slots[1 + 3 * (number % 2)], waits=True)


def withdraw_or_undo(world, number, who):
    invitation = Invitation.objects.valid().filter(session=world.hidden).order_by("-pk").first()
    if invitation and number % 2:
        inviting.withdraw(invitation_id=invitation.pk, now=NOW)
    else:
        invite(world.hidden, *KNOWN)
        inviting.undo(batch_id=InvitationBatch.objects.latest("pk").pk, now=NOW)


def ask_and_let_in(world, number, who):
    invitation = Invitation.objects.valid().filter(session=world.hidden).first()
    if invitation:
        asked = {"name": KNOWN[2], "email": guest(KNOWN[2]).email, "organisation": "", "words": ""}
        requests.ask(invitation_id=invitation.pk, now=NOW, **asked)
    for request in AdmissionRequest.objects.filter(answered_at=None)[:1]:
        requests.answer(request_id=request.pk, granted=number % 2 == 0, by=None, now=NOW)


def choose_entries(world, number, who):
    chosen = Preferences(calendar_entries=ENTRIES[number % 2], wants_reminders=True)
    preferences.choose(participant=world.person(KNOWN[number % 3]), preferences=chosen, now=NOW)


def correct_details(world, number, who):
    own_details.correct(
        participant=world.person(KNOWN[0]), details=details(KNOWN[0], organisation=f"{number}"), now=NOW
    )


def correct_the_address(world, number, who):
    """There and back, so that the others still know the person."""
    person = world.person(KNOWN[number % 3])
    for email in (f"right{number}-{who}@example.org", guest(person.name).email):
        person.refresh_from_db()
        address.correct(participant_id=person.pk, shown=person.email, email=email, by=None, now=NOW)


def correct_the_name(world, number, who):
    """There and back, so that the others still know the person."""
    person = world.person(KNOWN[number % 3])
    for right in (f"{person.name} {in_letters(number)}", person.name):
        person.refresh_from_db()
        name.correct(participant_id=person.pk, shown=person.name, name=right, by=None)


def merge_two_people(world, number, who):
    kept, lost = world.person(KNOWN[number % 3]), world.person(KNOWN[(number + 1) % 3])
    merging.merge(
        kept_id=kept.pk,
        lost_id=lost.pk,
        details_of_lost=["organisation"],
        shown=merge_plan.of(kept, lost, now=NOW).fingerprint,
        by=None,
        now=NOW,
    )


def decline_in_a_calendar(world, number, who):
    if registration := world.registration_of(KNOWN[number % 3], world.second):
        answer_decline(Decline(registration.uid, registration.sequence), now=NOW)


def count_places(world, number, who):
    call_command("count_places", verbosity=0, stdout=StringIO())


def take_seats_away_and_give_them_back(world, number, who):
    """Of two people in two sessions, one after the other; those who are told, and those who are not."""
    names = [KNOWN[number % 3], KNOWN[(number + 1) % 3]]
    found = [world.registration_of(name, session) for name in names for session in (world.first, world.second)]
    reason = [FAKE, OTHER][number % 2]
    removal = take_away(*filter(None, found), reason=reason, is_told=number % 4 > 1, words="Why.")
    if number % 3:
        returning.give_back(removal_id=removal.pk, by=None, now=NOW)
    else:
        returning.allow(removal_id=removal.pk, by=None)


def apply_retention(world, number, who):
    retention.apply(now=datetime(2040, 1, 1, tzinfo=UTC))


USE_CASES = [
    *(sign_up, sign_up_again, sign_up_a_delegation, say_yes, change_the_slot, move_people, cancel_and_come_back, erase),
    accept_or_decline,
    *(answer_questions, ask_the_speakers, answer_the_questions),
    register_by_telephone,
    *(withdraw_or_undo, ask_and_let_in, choose_entries, correct_details, correct_the_address),
    *(correct_the_name, merge_two_people, decline_in_a_calendar),
    *(move, arrange_parts, call_off_and_hold, take_back, send_now, prepare_mails, change_the_capacity, give_seats),
    *(rename_the_season, rename_a_session, translate, publish_and_withdraw, write_about_the_site),
    *(open_a_session, read_a_report, issue_certificates, replace_certificates),
    *(load_the_season, announce, remind),
    *(store_and_publish_figures, publish_figures_and_take_them_back),
    *(hear_of_the_next_season, announce_the_season, write_to_people),
    of_rehearsals.move_the_clock,
    *(take_seats_away_and_give_them_back, mark_people_as_real, move_people_and_take_it_back),
    *(invite_a_colleague, change_and_remove_a_colleague, *of_feedback.USE_CASES),
    *(send_mails, send_again, settle_failures, come_back, count_places, apply_retention),
]


def do(use_case, world, number, who=0):
    with suppress(*REFUSED):
        use_case(world, number, who)
