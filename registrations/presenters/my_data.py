"""Ready values for the page of one's own data: what `privacy.my_data` found, in words and the person's clock."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from registrations.certificates import numbers
from registrations.mail.kinds import MAIL_KINDS, UNKNOWN
from registrations.models import Certificate, Participant
from registrations.people.preferences import MAIL_PREFERENCES
from registrations.presenters import words_of
from registrations.presenters.my_data_parts import (
    NOTHING,
    Fact,
    Line,
    Thing,
    client,
    minutes_in_meetings,
    minutes_or_none,
    taken_away,
    yes_or_no,
)
from sessions import marked
from sessions.clocks import countdowns, dates, zones
from sessions.clocks.wall_clock import on_clock
from sessions.plain_text import isolated
from sessions.reference import countries, languages


@dataclass(frozen=True)
class OwnDataPage:
    found: dict

    @property
    def details(self) -> list[Fact]:
        stored = self.found["details"]
        return [
            Fact(_("Name"), stored["name"]),
            Fact(_("Name on certificates"), stored["certificate_name"] or stored["name"]),
            Fact(_("E-mail"), stored["email"]),
            Fact(_("Organisation"), stored["organisation"] or NOTHING),
            Fact(_("Country or area"), countries.name(stored["country"], get_language() or "en") or NOTHING),
            Fact(_("You represent"), _label(Participant.Stakeholder, stored["stakeholder_group"])),
            Fact(_("Language of our mails"), languages.in_words(stored["language"])),
            Fact(_("Time zone"), self.zone),
            Fact(_("Access needs"), stored["access_needs"] or NOTHING),
            *self._signed_up(stored),
        ]

    @property
    def choices(self) -> list[Fact]:
        chosen = self.found["choices"]
        return [
            Fact(_("Calendar"), _label(Participant.CalendarEntries, chosen["calendar_entries"])),
            *(Fact(each.title, yes_or_no(chosen[what])) for what, each in MAIL_PREFERENCES.items()),
            Fact(_("Before each session we remind you"), _leads(chosen["reminder_hours_wanted"])),
            Fact(_("Reminders that you do not want"), _leads(chosen["reminder_hours_not_wanted"])),
        ]

    @property
    def answers(self) -> list[Fact]:
        return [self._answer(each) for each in self.found["answers"]]

    @property
    def questions_to_speakers(self) -> list[Thing]:
        return [self._asked(each) for each in self.found["questions_to_speakers"]]

    @property
    def feedback(self) -> list[Fact]:
        return [Fact(each["session"], dates.day(each["answered_on"])) for each in self.found["feedback"]]

    @property
    def agreed(self) -> str:
        return self._moment(self.found["consent"]["agreed_at"])

    @property
    def consent_paragraphs(self) -> list[str]:
        return self.found["consent"]["text"].split("\n\n")

    @property
    def registrations(self) -> list[Thing]:
        return [self._registration(each) for each in self.found["registrations"]]

    @property
    def certificates(self) -> list[Thing]:
        return [self._certificate(each) for each in self.found["certificates"]]

    @property
    def invitations(self) -> list[Thing]:
        return [self._invitation(each) for each in self.found["invitations"]]

    @property
    def requests(self) -> list[Thing]:
        return [self._request(each) for each in self.found["requests"]]

    @property
    def delegations(self) -> list[Thing]:
        return [self._delegation(each) for each in self.found["delegations"]]

    @property
    def mails(self) -> list[Line]:
        return [self._mail(mail) for mail in self.found["mails"]]

    @property
    def mailbox(self) -> list[Fact]:
        """Nothing, as long as no mail came back."""
        stored = self.found["mailbox"]
        if not stored:
            return []
        state, moments = (
            str(words_of.MAILBOX_STATES[stored["state"]]),
            [(_("Last mail that came back"), "last_failed_at")],
        )
        words = [Fact(_("What the mail server said"), stored["words"])] if stored["words"] else []
        return [Fact(_("State"), state), *words, *self._moments(stored, moments)]

    @property
    def account(self) -> list[Fact]:
        account = self.found["account"] or {}
        moments = [(_("Account made on"), "made_at"), (_("Last sign-in"), "last_sign_in_at")]
        return self._moments(account, moments)

    @property
    def next_season(self) -> list[Fact]:
        """What is stored for the mailbox, if the next season is announced to it."""
        stored = self.found["next_season"]
        if not stored:
            return []
        agreed = stored["consent"]
        return [
            Fact(_("E-mail"), stored["address"]),
            Fact(_("Language of our mails"), languages.in_words(stored["language"])),
            Fact(_("Agreed on"), self._moment(agreed["agreed_at"])),
            Fact(_("Version of the text"), agreed["version"]),
        ]

    @property
    def next_season_paragraphs(self) -> list[str]:
        return self.found["next_season"]["consent"]["text"].split("\n\n")

    @property
    def zone(self) -> str:
        return zones.label(self.found["details"]["time_zone"], self.found["written_at"])

    @property
    def kept_until(self) -> str:
        return dates.day(self.found["details_are_kept_until"])

    def _signed_up(self, stored):
        if stored["signed_up_by"]:
            yield Fact(_("Signed up by"), stored["signed_up_by"])
        if stored["people_you_signed_up"]:
            yield Fact(_("People you signed up"), str(stored["people_you_signed_up"]))
        moments = [
            (_("Confirmed on"), "confirmed_at"),
            (_("Your page was first opened on"), "page_first_opened_at"),
            (_("The Secretariat noted that you are a real person"), "noted_as_real_at"),
        ]
        yield from self._moments(stored, moments)

    def _answer(self, stored):
        words = stored["question"]
        answers = format_html_join("\n", "{}", ((each,) for each in stored["answers"]))
        return Fact(marked.about(stored["session"], words) if stored["session"] else words, answers)

    def _asked(self, stored):
        facts = [
            Fact(_("Question"), stored["text"]),
            Fact(_("My name may be published with the question"), yes_or_no(stored["with_name"])),
            Fact(_("Sent right after a sign-up"), yes_or_no(stored["with_sign_up"])),
            Fact(_("Language of the page"), languages.in_words(stored["language"])),
            Fact(pgettext("question", "Asked on"), self._moment(stored["asked_at"])),
        ]
        return Thing(stored["session"], facts)

    def _registration(self, stored):
        moments = [
            (_("Registered on"), "registered_at"),
            (_("On the waiting list since"), "waiting_since"),
            (_("Cancelled on"), "cancelled_at"),
            (_("You opened the meeting on"), "joined_at"),
        ]
        entry = stored["calendar_entry"]
        words = _("sent by mail, revision %(number)s, %(uid)s") if entry["by_mail"] else _("not sent by mail, %(uid)s")
        facts = [
            Fact(_("State"), str(words_of.STATES[stored["state"]])),
            *(Fact(_("Time slot"), self._time(each)) for each in stored["parts"] or [stored]),
            *self._moments(stored, moments),
            *minutes_in_meetings(stored["attended_seconds"]),
            *(Fact(_("In the meeting"), self._visit(each)) for each in stored["times_in_meetings"]),
            *([Fact(_("Entered by"), _("the Secretariat, by telephone"))] if stored["by_telephone"] else []),
            *client(stored["client_digest"]),
            *taken_away(stored["taken_away"], stored["may_register_again"]),
            Fact(_("Calendar entry"), words % {"number": entry["revision"], "uid": entry["uid"]}),
        ]
        return Thing(stored["session"], facts)

    def _time(self, stored):
        begins = self._moment(stored["starts_at"])
        return _("%(part)s: called off") % {"part": begins} if stored.get("called_off") else begins

    def _visit(self, stored):
        """As the platform reported it: when, under which name and address, and how we know that it was this person."""
        clock = on_clock(stored["joined_at"], stored["left_at"], self.found["details"]["time_zone"])
        times = dates.with_time(dates.day(clock.starts_at), clock.hours)
        part, known_by = words_of.PARTS[stored["part"]], words_of.DECISIONS[stored["known_by"]]
        who = [each for each in (stored["name"], stored["email"]) if each]
        return dates.in_turn([times, *who, str(part), str(known_by)])

    def _invitation(self, stored):
        moments = [
            (_("Invited on"), "invited_at"),
            (_("Invitation opened on"), "opened_at"),
            (_("Accepted on"), "accepted_at"),
            (_("Declined on"), "declined_at"),
            (pgettext("invitation", "Withdrawn on"), "withdrawn_at"),
        ]
        return Thing(stored["session"], [*_who(stored), *self._moments(stored, moments)])

    def _certificate(self, stored):
        new = stored["replaced_by"]
        minutes = [minutes_or_none(each) for each in stored["minutes"]]
        moments = [(_("Issued"), "issued_at"), (pgettext("certificate", "Withdrawn on"), "withdrawn_at")]
        facts = [
            Fact(_("Number"), numbers.shown(stored["number"])),
            Fact(_("Name"), stored["name"]),
            *self._moments(stored, moments),
            *([Fact(_("Reason"), stored["reason"])] if stored["reason"] else []),
            *([Fact(_("Replaced by"), numbers.shown(new))] if new else []),
            *([Fact(_("Minutes"), dates.in_turn(minutes))] if stored["part"] == Certificate.Part.TOOK_PART else []),
        ]
        return Thing(stored["session"] or _("The season"), facts)

    def _request(self, stored):
        facts = [*_who(stored), Fact(_("What you wrote"), stored["words"] or NOTHING)]
        answer = Fact(_("Were you let in?"), yes_or_no(stored["granted"]))
        moments = self._moments(stored, [(_("Asked on"), "asked_at"), (_("Answered on"), "answered_at")])
        return Thing(stored["session"], [*facts, *moments, answer])

    def _delegation(self, stored):
        moments = [(_("Form sent on"), "asked_at"), (_("Deleted, unless you sign them up before"), "deleted_at")]
        number = Fact(_("People named"), str(stored["people_named"]))
        return Thing(_("A delegation that nobody has signed up yet"), [number, *self._moments(stored, moments)])

    def _mail(self, stored):
        kind = str(MAIL_KINDS.get(stored["kind"], UNKNOWN).for_person)
        return Line(
            stored["subject"] or capfirst(kind),
            dates.in_turn([*([kind] if stored["subject"] else []), *self._ways(stored)]),
        )

    def _ways(self, stored):
        sent, removed, back = stored["sent_at"], stored["text_removed_at"], stored["came_back_at"]
        kept = stored["kept_for_staff"]
        state = str(words_of.MAIL_STATES.get(stored["state"], ""))
        left = _("kept for the staff of the rehearsal on %(moment)s") if kept else _("sent on %(moment)s")
        yield left % {"moment": self._short(sent)} if sent else state
        if back:
            yield _("sent back on %(moment)s") % {"moment": self._short(back)}
        if problem := stored["problem"]:
            # What a mail server said stays in its words.
            yield str(words_of.NOT_SENT.get(problem) or isolated(problem))
        if removed:
            yield _("text removed on %(moment)s") % {"moment": self._short(removed)}

    def _moments(self, stored, labels) -> list[Fact]:
        """Of what has happened."""
        return [Fact(label, self._short(stored[name])) for label, name in labels if stored.get(name)]

    def _moment(self, instant: datetime) -> str:
        """Thursday 17 September 2020, 15:00 (Nairobi, UTC+3), with the offset of that day."""
        return self._clock(instant).start_in_words

    def _short(self, instant: datetime) -> str:
        clock = self._clock(instant)
        return dates.with_time(dates.day(clock.starts_at), clock.start_hour)

    def _clock(self, instant):
        return on_clock(instant, instant, self.found["details"]["time_zone"])


def _who(stored) -> list[Fact]:
    labels = [(_("Name"), "name"), (_("E-mail"), "email"), (_("Organisation"), "organisation")]
    return [Fact(label, stored[name]) for label, name in labels if stored[name]]


def _label(choices, value) -> str:
    return str(choices(value).label) if value in choices.values else NOTHING


def _leads(hours) -> str:
    return countdowns.list_of_leads(hours) or NOTHING
