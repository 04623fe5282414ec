"""What is done now and then in the report."""

from bench import now_and_then, report


def _row(number, target):
    known = {"name": "archive", "what": "a season as files", "unit": "file", "number": number, "target": target}
    return now_and_then.row(2.0, cpu_ms=2000.0, **known)


def test_work_of_many_units_has_the_ratio_of_one():
    [line] = report.now_and_then({"now_and_then": [_row(250, 4)]})

    assert line == "a season as files: 2.0 s of CPU for 250 files, 4.0 x a file (wanted 4 x, met)"


def test_older_results_have_none():
    assert report.now_and_then({}) == []


def test_missed_targets_name_it():
    met = {"verdict": "met"}
    result = {"rows": [], "mails": met, "mails_to_many": met, "now_and_then": [_row(100, 4), _row(250, 4)]}

    assert report.missed(result) == ["archive: 10.0 x a file, wanted 4 x"]
