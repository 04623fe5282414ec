"""Participants: people of a season, with what they registered for."""

from django.contrib import admin
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import NOTHING, ReadOnlyAdmin, country_name, in_geneva, region_name, searched
from registrations.admin.filters import OwnCountryFilter, OwnRegionFilter
from registrations.admin.mail import failed
from registrations.admin.people import answers, listing, person_sections
from registrations.admin.people.address_page import AddressPage
from registrations.admin.people.as_seen_page import AsSeenPage
from registrations.admin.people.merge_page import MergePage
from registrations.admin.people.name_page import NamePage
from registrations.mail import failures
from registrations.models import Mailbox, Participant
from registrations.people.preferences import Preferences

# What has a way to correct it beside it, for who may.
CORRECTED = {"name": "name_to_correct", "email": "address_to_correct"}


@admin.register(Participant)
class ParticipantAdmin(ReadOnlyAdmin):
    list_display = ["who", "address", "organisation", "country_of", "stakeholder", "season"]
    list_filter = ["season", "stakeholder", OwnRegionFilter, OwnCountryFilter]
    list_select_related = ["season"]
    # The search is of `registrations.people.search`; Django shows its box where this names something.
    search_fields = ["search_text"]
    ordering = ["name", "pk"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "season",
                    "name",
                    "email",
                    "mailbox_state",
                    "organisation",
                    "country_of",
                    "region_of",
                    "stakeholder",
                    "access_needs",
                    "answered",
                    "first_opened",
                    "erased",
                ]
            },
        ),
        (_("How they read"), {"fields": ["language", "timezone"], "classes": ["collapse"]}),
        (_("Which mails they want"), {"fields": [*Preferences.__annotations__], "classes": ["collapse"]}),
        (
            _("What they agreed to"),
            {"fields": ["consented", "consent_version", "consent_text"], "classes": ["collapse"]},
        ),
    ]

    def get_search_results(self, request, queryset, search_term):
        return searched(queryset, search_term), False

    def get_changelist(self, request, **kwargs):
        return listing.ParticipantList

    def get_urls(self):
        pages = {"address": AddressPage, "name": NamePage, "merge": MergePage, "as_seen": AsSeenPage}
        own = [
            path(f"<int:pk>/{name.replace('_', '-')}/", self._view(page), name=f"registrations_participant_{name}")
            for name, page in pages.items()
        ]
        return [*own, *super().get_urls()]

    def _view(self, page):
        return self.admin_site.admin_view(page.as_view(model_admin=self))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        return super().render_change_form(
            request, context | person_sections.of(obj, request.user), add=add, change=change, form_url=form_url, obj=obj
        )

    def get_fieldsets(self, request, obj=None):
        """With the ways to correct name and address, for who may."""
        (label, first), *others = super().get_fieldsets(request, obj)
        if request.user.has_perm("registrations.change_participant") and not (obj and obj.anonymised_at):
            first = {"fields": [CORRECTED.get(name, name) for name in first["fields"]]}
        return [(label, first), *others]

    @admin.display(description=_("name"))
    def name_to_correct(self, participant):
        return _with_link(participant.name, participant, "name", _("Correct the name"))

    @admin.display(description=_("e-mail"))
    def address_to_correct(self, participant):
        return _with_link(participant.email, participant, "address", _("Correct the address"))

    @admin.display(description=_("name"), ordering="name")
    def who(self, participant):
        return str(participant)

    @admin.display(description=_("e-mail"), ordering="email")
    def address(self, participant):
        return listing.address(participant)

    @admin.display(description=_("mails to this address"))
    def mailbox_state(self, participant):
        """What mail servers said, for all who share the mailbox, and what staff can do about it."""
        mailbox = Mailbox.objects.filter(address=participant.mailbox).first()
        if mailbox is None:
            return _("none came back")
        words = {
            "state": mailbox.get_state_display(),
            "moment": in_geneva(mailbox.last_at),
            "words": mailbox.last_words,
        }
        said, post = _("%(state)s, %(moment)s: %(words)s") % words, reverse("admin:registrations_message_post")
        advice = failed.ADVICE[failures.of_mailbox(mailbox)]
        return format_html('{}<br>{} <a href="{}">{}</a>', said, advice, post, _("See what did not arrive"))

    @admin.display(description=_("answers"))
    def answered(self, participant):
        return answers.in_words(participant)

    @admin.display(description=_("personal page first opened"))
    def first_opened(self, participant):
        if not participant.is_opening_known:
            return _("not known: they signed up before this was noted")
        return in_geneva(participant.page_opened_at) if participant.page_opened_at else _("never")

    @admin.display(description=_("erased"))
    def erased(self, participant):
        return in_geneva(participant.anonymised_at)

    @admin.display(description=_("country"), ordering="country")
    def country_of(self, participant):
        return country_name(participant)

    @admin.display(description=_("region"))
    def region_of(self, participant):
        return region_name(participant) or NOTHING

    @admin.display(description=_("agreed"))
    def consented(self, participant):
        return in_geneva(participant.consented_at)


def _with_link(value, participant, page, words):
    address = reverse(f"admin:registrations_participant_{page}", args=[participant.pk])
    return format_html('<bdi>{}</bdi> <a href="{}">{}</a>', value, address, words)
