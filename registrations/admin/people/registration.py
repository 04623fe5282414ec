"""Registrations: who has a seat where."""

from django.contrib import admin
from django.db.models import Q
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from registrations.admin.attendance import pages as attendance
from registrations.admin.attendance.wording import attended
from registrations.admin.base import NOTHING, ReadOnlyAdmin, country_name, in_geneva, region_name, searched, slot_time
from registrations.admin.filters import (
    AgreementFilter,
    CountryFilter,
    RegionFilter,
    SeasonFilter,
    SessionFilter,
    SlotFilter,
)
from registrations.admin.mail import wording
from registrations.admin.people import answers, answers_page, listing
from registrations.admin.people.day_sheet_page import DaySheetPage
from registrations.admin.people.export import ExportView, ticked_as_csv, ticked_as_excel
from registrations.admin.people.move_page import MovePage, move
from registrations.admin.people.send_again_page import SendMailsPage, send_again
from registrations.admin.people.telephone_page import TelephonePage
from registrations.admin.people.write_to import write_to
from registrations.admin.seat_removals.take_page import take_away
from registrations.models import Registration
from sessions.models import Occurrence
from sessions.seasons import season_clocks
from sessions.staff.numbers import row_number


@admin.register(Registration)
class RegistrationAdmin(ReadOnlyAdmin):
    actions = [write_to, move, send_again, take_away, ticked_as_excel, ticked_as_csv]
    list_display = ["name", "address", "home", "stakeholder", "where", "state"]
    list_filter = [
        *(SeasonFilter, SessionFilter, SlotFilter, "status", answers.AnswerFilter),
        *(("participant__stakeholder", admin.ChoicesFieldListFilter), RegionFilter, CountryFilter),
        ("participant__confirmed_at", AgreementFilter),
    ]
    list_select_related = ["participant", "session", "occurrence__session__season"]
    # The search is of `registrations.people.search`; Django shows its box where this names something.
    search_fields = ["participant__search_text"]
    ordering = ["-registered_at", "-pk"]
    fieldsets = [
        (
            _("Registration"),
            {
                "fields": [
                    "session",
                    "slot",
                    "status",
                    "registered",
                    "cancelled",
                    "taken_away",
                    "moved",
                    "joined",
                    "attended",
                ]
            },
        ),
        (
            _("Person"),
            {"fields": ["person", "email", "organisation", "country", "region", "stakeholder", "access_needs"]},
        ),
        (_("What they answered"), {"fields": ["answered"]}),
        (_("Signed up by"), {"fields": ["signed_up_by", "said_yes"]}),
        (_("Mails to this person"), {"fields": ["mails"]}),
    ]

    def get_search_results(self, request, queryset, search_term):
        return searched(queryset, search_term, of="participant__"), False

    def get_changelist(self, request, **kwargs):
        return listing.PeopleList

    def changelist_view(self, request, extra_context=None):
        shown = {
            "title": listing.title(request.GET),
            "telephone_page": _telephone_page(request),
            "answers_page": answers_page.link(request),
        }
        return super().changelist_view(request, shown | (extra_context or {}))

    def get_urls(self):
        pages = {"export": ExportView, "move_people": MovePage, "send_mails": SendMailsPage}
        pages |= {"answers": answers_page.AnswersPage}
        telephone = self.admin_site.admin_view(TelephonePage.as_view(model_admin=self))
        day_sheet = self.admin_site.admin_view(DaySheetPage.as_view(model_admin=self))
        return [
            *(self._url(name, page) for name, page in pages.items()),
            path("by-telephone/<int:pk>/", telephone, name="registrations_occurrence_telephone"),
            path("day-sheet/<int:pk>/", day_sheet, name="registrations_occurrence_day_sheet"),
            *attendance.urls(self),
            *super().get_urls(),
        ]

    def has_change_people_permission(self, request):
        return request.user.has_perm("registrations.change_registration")

    def has_change_mails_permission(self, request):
        return request.user.has_perm("registrations.change_message")

    def has_write_circulars_permission(self, request):
        return request.user.has_perm("registrations.add_circular")

    def _url(self, name, page):
        view = self.admin_site.admin_view(page.as_view(model_admin=self))
        return path(f"{name.replace('_', '-')}/", view, name=f"registrations_registration_{name}")

    @admin.display(description=_("name"), ordering="participant__name")
    def name(self, registration):
        return str(registration.participant)

    @admin.display(description=_("name"))
    def person(self, registration):
        address = reverse("admin:registrations_participant_change", args=[registration.participant_id])
        return format_html('<a href="{}">{}</a>', address, registration.participant)

    @admin.display(description=_("e-mail"), ordering="participant__email")
    def address(self, registration):
        return listing.address(registration.participant)

    @admin.display(description=_("e-mail"))
    def email(self, registration):
        return registration.participant.email

    @admin.display(description=_("organisation"), ordering="participant__organisation")
    def organisation(self, registration):
        return registration.participant.organisation

    @admin.display(description=_("country"))
    def country(self, registration):
        return country_name(registration.participant)

    @admin.display(description=_("region"))
    def region(self, registration):
        return region_name(registration.participant) or NOTHING

    @admin.display(description=_("country, region"), ordering="participant__country")
    def home(self, registration):
        return _two_lines(country_name(registration.participant), region_name(registration.participant))

    @admin.display(description=_("session, time slot"), ordering="occurrence__starts_at")
    def where(self, registration):
        return _two_lines(registration.session.title, slot_time(registration.occurrence))

    @admin.display(description=_("state"), ordering="status")
    def state(self, registration):
        return listing.state(registration)

    @admin.display(description=_("stakeholder group"), ordering="participant__stakeholder")
    def stakeholder(self, registration):
        return listing.group(registration.participant)

    @admin.display(description=_("access needs"))
    def access_needs(self, registration):
        return registration.participant.access_needs

    @admin.display(description=_("answers"))
    def answered(self, registration):
        return answers.in_words(registration.participant, registration.session)

    @admin.display(description=_("time slot"), ordering="occurrence__starts_at")
    def slot(self, registration):
        return slot_time(registration.occurrence)

    @admin.display(description=_("registered"), ordering="registered_at")
    def registered(self, registration):
        return in_geneva(registration.registered_at)

    @admin.display(description=_("cancelled"))
    def cancelled(self, registration):
        return in_geneva(registration.cancelled_at)

    @admin.display(description=_("place taken away"))
    def taken_away(self, registration):
        removal = registration.removal
        return _linked(removal, removal.get_reason_display()) if removal else NOTHING

    @admin.display(description=_("moved by staff"))
    def moved(self, registration):
        """The last time."""
        move = registration.moves.select_related("transfer", "occurrence_before__session__season").last()
        before = move and move.occurrence_before
        words = _("from %(slot)s") % {"slot": slot_time(before)} if before else _("from a time slot that was deleted")
        return _linked(move.transfer, words) if move else NOTHING

    @admin.display(description=_("joined"), ordering="joined_at")
    def joined(self, registration):
        return in_geneva(registration.joined_at)

    @admin.display(description=_("in the meeting"))
    def attended(self, registration):
        return attended(registration) or _("No report of the meeting was read.")

    @admin.display(description=_("signed up by"))
    def signed_up_by(self, registration):
        """A focal point, or nobody else."""
        return registration.participant.named_by or _("the person")

    @admin.display(description=_("said yes"))
    def said_yes(self, registration):
        """Until then the person holds a seat and counts in no statistics."""
        return in_geneva(registration.participant.confirmed_at)

    @admin.display(description=_("mails"))
    def mails(self, registration):
        messages = registration.participant.messages.defer("octets").select_related("settled_by")
        rows = [
            (reverse("admin:registrations_message_change", args=[mail.pk]), wording.subject(mail), _mail_state(mail))
            for mail in messages.order_by("-queued_at", "-pk")
        ]
        items = format_html_join("", '<li><a href="{}">{}</a>, {}</li>', rows)
        return format_html("<ul>{}</ul>", items) if items else NOTHING


def _telephone_page(request) -> str:
    """Of the slot, or of the session, to which the list is narrowed; else the sessions, each of which leads there."""
    if not request.user.has_perm("registrations.add_registration"):
        return ""
    to_come = season_clocks.where("session__season", lambda now: Q(ends_at__gt=now, called_off_at=None))
    slots, slot = Occurrence.objects.filter(to_come), row_number(request.GET.get("slot"))
    narrowed = slots.filter(pk=slot) if slot else slots.filter(session=row_number(request.GET.get("session")))
    if first := narrowed.in_order().first():
        return reverse("admin:registrations_occurrence_telephone", args=[first.pk])
    return reverse("admin:online_sessions_session_changelist")


def _two_lines(first, second):
    return format_html('{}<br><span class="quiet">{}</span>', first, second) if second else first


def _linked(done, words):
    """When staff did this, which leads to its page, and more about it."""
    page = reverse(f"admin:registrations_{done._meta.model_name}_change", args=[done.pk])
    link = format_html('<a href="{}">{}</a>', page, in_geneva(done.made_at))
    return format_html("{}: {}", link, words)


def _mail_state(mail) -> str:
    return f"{wording.state(mail)}, {in_geneva(mail.sent_at or mail.queued_at)}"
