"""What becomes of the figures of a story in docs/performance.md."""

from bench import load_report


def test_stages_are_side_by_side():
    stages = {"1 x": {"mails": 5, "list_of_mails": 1.0}, "10 x": {"mails": 50, "list_of_mails": 2.5}}
    result = {"made_at": "2026-11-28T12:00", "machine": {"load_before": 1.5}, "load": {"rows": stages}}

    lines = load_report.as_markdown([result]).splitlines()

    assert lines[-2:] == ["| mails | 5 | 50 |", "| list of mails | 1.00 | 2.50 |"]
