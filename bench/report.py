"""The results as text for the terminal and as docs/performance.md with its plot."""

import json
from pathlib import Path
from string import Template

from bench import load_report, plot
from bench.arithmetic import MISSED
from bench.report_table import markdown

FOLDER = Path(__file__).resolve().parent
PAGE = FOLDER.parent / "docs" / "performance.md"
PLOT = PAGE.with_name("performance.svg")
HEAD = ["work", "web", "database", "worker", "all", "ratio", "spread", "target", ""]


def as_text(result) -> str:
    lines = [HEAD, *_rows(result)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join(
        [_machine(result), "", *table, "", *_mails(result), *now_and_then(result), "", *_queries(result), ""]
    )


def write_page(results: Path):
    """From the newest ratios and figures of each story; the words around them are in bench/performance.md."""
    ratios, load = _newest(results, "[0-9]*.json"), _all(results, "load-*.json")
    if ratios:
        PLOT.write_text(plot.bars(ratios["rows"]))
        words = Template((FOLDER / "performance.md").read_text())
        PAGE.write_text(words.substitute(_figures(ratios), load=load_report.as_markdown(load)))


def _figures(result) -> dict[str, str]:
    rows = [["work", "what it is", *HEAD[1:]]]
    rows += [[line[0], row["what"], *line[1:]] for line, row in zip(_rows(result), result["rows"], strict=True)]
    return {
        "date": result["made_at"][:10],
        "machine": _machine(result),
        "ratios": markdown(rows),
        "mails": "\n".join(f"- {line}" for line in _mails(result)),
        "now_and_then": "\n".join(f"- {line}" for line in now_and_then(result)) or "Not measured yet.",
        "queries": markdown([["page", "14 sessions", "131 sessions, 200 people more in each"], *_counts(result)]),
        "bare": f"{result['bare_ms']:.1f}",
        "bare_alone": f"{result['bare_with_a_connection_a_page_ms']:.1f}",
        "missed": "\n".join(f"- **{line}**" for line in missed(result)) or "None.",
    }


def missed(result) -> list[str]:
    rows = [row for row in result["rows"] if row["verdict"] == MISSED]
    lines = [f"{row['name']}: {row['ratio']:.1f} x, wanted {row['target']:g} x" for row in rows]
    mails = result["mails"]
    if mails["verdict"] == MISSED:
        lines.append(f"mails a second: {mails['ratio']:.2f} x the bare loop, wanted {mails['target']:g} x")
    many = result["mails_to_many"]
    if many["verdict"] == MISSED:
        lines.append(f"a mail to one of many: {many['ratio']:.1f} x, wanted {many['target']:g} x")
    seldom = [row for row in result.get("now_and_then", []) if row["verdict"] == MISSED]
    return lines + [
        f"{row['name']}: {row['ratio']:.1f} x a {row['unit']}, wanted {row['target']:g} x" for row in seldom
    ]


def _rows(result) -> list[list[str]]:
    return [_row(row) for row in result["rows"]]


def _row(row) -> list[str]:
    used = {"web": row["cpu_ms"].get("web", row["cpu_ms"].get("bare", 0.0))} | row["cpu_ms"]
    parts = [f"{used[name]:.1f}" if name in used else "" for name in ("web", "database", "worker")]
    against = "" if row["against"] == "bare" else f" ({row['against']})"
    target = "" if row["target"] is None else f"{row['target']:g}{against}"
    spread = f"{row['lowest']:.1f}–{row['highest']:.1f}"
    whole = f"{sum(row['cpu_ms'].values()):.1f}"
    return [row["name"], *parts, whole, f"{row['ratio']:.2f}", spread, target, row["verdict"]]


def _mails(result) -> list[str]:
    mail, many = result["mails"], result["mails_to_many"]
    # Older results have the two processes alone.
    by_two = many.get("by_two")
    how = ", mailed by one process" if by_two else ""
    return [
        f"one worker sends {mail['worker_mails_a_second']:.0f} mails a second of {mail['octets_a_mail']} octets, a "
        f"bare loop {mail['loop_mails_a_second']:.0f}: {mail['ratio']:.2f} x (wanted {mail['target']} x, "
        f"{mail['verdict']}); "
        f"{mail['worker_cpu_ms_a_mail']:.1f} ms of CPU a mail",
        f"a new time for {many['people']} people{how}: {_told(many)} (wanted {many['target']} x, {many['verdict']})",
        *([f"the same by the two processes of a worker: {_told(by_two)}"] if by_two else []),
    ]


def _told(many) -> str:
    return (
        f"stored in {many['change_seconds']:.2f} s{_change(many)}, the last mail after "
        f"{many['seconds_until_last_mail']:.1f} s; {many['cpu_ms_a_person']:.1f} ms of CPU a person, "
        f"{many['ratio']:.1f} x"
    )


def _change(many) -> str:
    """CPU of the change itself, where it was measured."""
    return f" ({many['change_cpu_ms']:.0f} ms of CPU)" if "change_cpu_ms" in many else ""


def now_and_then(result) -> list[str]:
    """Older results have none."""
    return [
        f"{row['what']}: {row['cpu_ms'] / 1000:.1f} s of CPU for {row['number']} {row['unit']}s, {row['ratio']:.1f} x "
        f"a {row['unit']} (wanted {row['target']:g} x, {row['verdict']})"
        for row in result.get("now_and_then", [])
    ]


def _queries(result) -> list[str]:
    more = "with ten times as many sessions and 200 people more in each"
    return [f"queries of {name}: {few}, {more} {many}" for name, few, many in _counts(result)]


def _counts(result) -> list[list[str]]:
    return [[row["page"], str(row["few"]), str(row["many"])] for row in result["queries"]]


def _machine(result) -> str:
    it = result["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in it["packages"].items())
    return (
        f"{it['cores']} cores of {it['cpu']}, {it['memory_gb']} GB, {it['system']}, Python {it['python']}, "
        f"PostgreSQL {it['postgresql']}, {versions}; load before the run {it['load_before']}; {it['commit']}"
    )


def _newest(folder, pattern) -> dict | None:
    return next(iter(_all(folder, pattern)[-1:]), None)


def _all(folder, pattern) -> list[dict]:
    """The oldest first."""
    return [json.loads(path.read_text()) for path in sorted(folder.glob(pattern))]
