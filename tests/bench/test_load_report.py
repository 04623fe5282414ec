"""What becomes of the figures of a story in docs/performance.md."""

from bench import load_report


def test_stages_are_side_by_side():
    stages = {"1 x": {"mails": 5, "list_of_mails": 1.0}, "10 x": {"mails": 50, "list_of_mails": 2.5}}
    result = {"made_at": "2026-11-28T12:00", "machine": {"load_before": 1.5}, "load": {"rows": stages}}

    lines = load_report.as_markdown([result]).splitlines()

    assert lines[-2:] == ["| mails | 5 | 50 |", "| list of mails | 1.00 | 2.50 |"]


def test_pages_of_the_desk_have_their_ratio_and_target():
    cpu = {"cpu_ms": {"web": 60.0, "database": 1000.0}, "target": 1200, "verdict": "met"}
    export = cpu | {"name": "XLSX", "what": "a file", "ratio": 1100.4, "lowest": 990.0, "highest": 1200.6}
    desk = {"registrations": 100_000, "pages": [export]}
    result = {"made_at": "2026-11-29T12:00", "machine": {"load_before": 5.5}, "load": {"desk": desk}}

    lines = load_report.as_markdown([result]).splitlines()

    assert lines[-1] == "| XLSX | a file | 1,060 | 1,000 | 1,100 | 990–1,201 | 1,200 | met |"
    assert "- registrations: 100000" in lines
