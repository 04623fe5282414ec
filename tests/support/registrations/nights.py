"""A session at night in Lima."""

from datetime import UTC, datetime

from sessions.models import Occurrence

# 02:00 in Lima (UTC-5), and ten hours later noon.
AT_NIGHT = datetime(2030, 10, 8, 7, 0, tzinfo=UTC)
LIMA = "America/Lima"


def fill_up(slot):
    Occurrence.objects.filter(pk=slot.pk).update(capacity=0)
