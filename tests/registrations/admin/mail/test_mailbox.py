"""The list of mailboxes that sent a mail of ours back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days_ago", "number"), [((15, 13, 1), 2), ((40, 30), 0)])
def test_list_counts_the_failures_that_count_today(admin_client, days_ago, number):
    for days in days_ago:
        at = timezone.now() - timedelta(days=days)
        recording.record("ana@example.net", Verdict.SOFT, "5.2.2", "552 5.2.2 Mailbox full", now=at)

    page = admin_client.get("/admin/registrations/mailbox/").text

    assert f'<td class="field-failures">{number}</td>' in page
