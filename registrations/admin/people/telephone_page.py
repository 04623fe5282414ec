"""The page on which staff register somebody who calls."""

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.people.telephone_form import TelephoneForm
from registrations.enrolment import by_telephone, enrolment, refusals
from registrations.enrolment.applicant import Details
from registrations.models import Participant, Registration
from registrations.people import consent
from registrations.people.identity import fold_address, fold_name
from registrations.seats import availability
from sessions.clocks import moment
from sessions.models import Occurrence
from sessions.staff.numbers import row_number
from sessions.staff.page import StaffPage

CLOSED = gettext_lazy(
    "Nobody can be registered for this session: it is by invitation (then invite the person), not published, its "
    "registration has not opened, or none of its time slots is to come."
)
CLOSED_MEANWHILE = gettext_lazy("Registration for this session has closed meanwhile. Look at the form once more.")


class TelephonePage(StaffPage):
    """Leads on from a time slot to all of its session."""

    model, related = Occurrence, ["session__season"]
    template_name = "admin/registrations/registration/by_telephone.html"
    title = gettext_lazy("Register somebody by telephone")

    def has_permission(self):
        return self.request.user.has_perm("registrations.add_registration")

    def leads_to(self):
        return reverse("admin:online_sessions_occurrence_change", args=[self.row.pk])

    def refusal(self):
        return "" if self.slots else CLOSED

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = moment.of(self.row.session.season)

    @property
    def slots(self):
        of_session = Occurrence.objects.filter(session=self.row.session_id).in_order()
        slots = of_session.select_related("session__season")
        return [slot for slot in slots if enrolment.is_open(slot, self.now, is_late=True)]

    def get(self, request, pk):
        return self._show(self._form(self.unsent or None))

    def post(self, request, pk):
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form)
        season = self.row.session.season
        try:
            entered = by_telephone.register(
                season=season,
                applicant=form.applicant(season),
                chosen=form.chosen(),
                submission=form.submission_key(),
                by=request.user,
                now=self.now,
                is_late=form.is_late,
            )
        except refusals.Refused as refusal:
            form.add_error("slot", _why(refusal))
            return self._show(form)
        level, words = self._said(form, entered)
        return self.leave(level, self._with_person(words, entered), *_besides(entered), page=self.request.path)

    def _form(self, data) -> TelephoneForm:
        initial = {} if data else self._known()
        is_closed = not availability.is_within_dates(self.row.session, self.now)
        about = {"slots": self.slots, "chosen": self.row, "is_closed": is_closed}
        return TelephoneForm(data, **about, now=self.now, initial=initial)

    def _known(self) -> dict:
        """What we know of the person from whose page staff came."""
        if not self.request.user.has_perm("registrations.view_participant"):
            return {}
        of_season = Participant.objects.filter(season=self.row.session.season_id, anonymised_at=None)
        person = of_season.filter(pk=row_number(self.request.GET.get("person"))).first()
        return {name: getattr(person, name) for name in ("email", *Details.__annotations__)} if person else {}

    def _show(self, form):
        season = self.row.session.season
        return self.show(session=self.row.session, form=form, paragraphs=consent.paragraphs(season))

    def _said(self, form, entered):
        name = {"name": form.cleaned_data["name"]}
        if not entered.registrations:
            return messages.WARNING, self._why_nothing(form) % name
        if entered.registrations[0].is_waiting:
            return messages.SUCCESS, _("%(name)s is on the waiting list. A mail is on its way.") % name
        return messages.SUCCESS, _("%(name)s is registered. A mail is on its way.") % name

    def _with_person(self, words, entered) -> str:
        """The form is there for the next call; what this person has is on their page."""
        if not (entered.registrations and self.request.user.has_perm("registrations.view_participant")):
            return words
        person = entered.registrations[0].participant_id
        page = reverse("admin:registrations_participant_change", args=[person])
        return format_html('{} <a href="{}">{}</a>', words, page, _("Look at what this person has"))

    def _why_nothing(self, form) -> str:
        """Staff may know what a stranger may not."""
        who = {"participant__mailbox": fold_address(form.cleaned_data["email"])}
        who["participant__name_key"] = fold_name(form.cleaned_data["name"])
        if Registration.objects.active().filter(session=self.row.session_id, **who).exists():
            return _("%(name)s is registered for this session already. That was not changed.")
        return _(
            "%(name)s has no place: one was taken away in this session. Let them register again first, on the page of "
            "the places taken away."
        )


def _besides(entered) -> list[str]:
    said = []
    if entered.has_agreed:
        said.append(_("Somebody else had named this person. Their agreement is noted: they take part from now on."))
    if entered.is_left:
        said.append(
            _(
                "This person was known, with other details than you typed. Their details were left as they were. "
                "Correct them on the page of the person, or ask the person to do so on their own page."
            )
        )
    return said


def _why(refusal) -> str:
    if isinstance(refusal, refusals.NoSeatLeft):
        return _("All places of this time slot are taken. Choose another one, or tick the waiting list.")
    if isinstance(refusal, refusals.SlotMoved):
        return _("This time slot was changed meanwhile. Choose again.")
    return str(CLOSED_MEANWHILE)
