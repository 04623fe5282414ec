"""The list of mailboxes that sent a mail of ours back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from registrations.models import Mailbox

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days_ago", "number"), [((15, 13, 1), 2), ((40, 30), 0)])
def test_list_counts_the_failures_that_count_today(admin_client, days_ago, number):
    for days in days_ago:
        at = timezone.now() - timedelta(days=days)
        recording.record("ana@example.net", Verdict.SOFT, "5.2.2", "552 5.2.2 Mailbox full", now=at)

    page = admin_client.get("/admin/registrations/mailbox/").text

    assert f'data-heading="Failed on days">{number}</td>' in page


@pytest.mark.parametrize(("done", "addresses"), [("no", ["ana"]), ("yes", ["joe"]), ("x", ["ana", "joe"])])
def test_list_is_filtered_by_what_is_done(admin_client, done, addresses):
    for name in ("ana", "joe"):
        recording.record(name, Verdict.BAD, "5.1.1", "550 5.1.1 User unknown", now=timezone.now())
    Mailbox.objects.filter(address="joe").update(settled_at=timezone.now())

    page = admin_client.get("/admin/registrations/mailbox/", {"done": done})

    assert sorted(each.address for each in page.context["cl"].result_list) == addresses
