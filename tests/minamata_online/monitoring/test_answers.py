"""The count of answers, on a machine that has no room for files."""

import tempfile

from minamata_online.monitoring import answers


def test_answers_are_counted_where_no_file_can_be_made(monkeypatch, tmp_path):
    # Given that all folders for temporary files are full or gone
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    counts = answers.Counts()
    counts.add("200 OK")

    assert counts.totals()["2xx"] == 1
