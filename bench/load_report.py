"""The load stories as a part of docs/performance.md."""

from bench.report_table import markdown

TITLES = {
    "million": "A million registrations",
    "desk": "The desk with 100,000 registrations",
    "figures": "The figures of a season",
    "came-before": "Many came before",
    "processes": "One and two of each process",
    "rows": "Registrations of 1, 10 and 100 seasons, in ms by the clock",
}


def as_markdown(results) -> str:
    """Of results, the oldest first, the newest figures of each story."""
    newest = {name: result for result in results for name in result["load"]}
    return "\n\n".join(_part(name, result) for name, result in newest.items()) or "Not measured yet."


def _part(name, result) -> str:
    figures, lines = result["load"][name], LINES.get(name, _story)
    when = f"Measured on {result['made_at'][:10]} with a load of {result['machine']['load_before']} before it began."
    return "\n".join([f"### {TITLES.get(name) or name.replace('-', ' ').capitalize()}", "", when, "", *lines(figures)])


def _story(figures) -> list[str]:
    return [f"- {key.replace('_', ' ')}: {_said(value)}" for key, value in figures.items()]


def _came_before(figures) -> list[str]:
    head = ["people in each of 13 slots", "work", "CPU in ms", "of it the database", "ratio to nobody", "spread", ""]
    rows = [_row(stage, name, work) for stage, works in figures.items() for name, work in works.items()]
    return [markdown([head, *rows])]


def _desk(figures) -> list[str]:
    """The bare page is the first row."""
    head = ["page or file", "what it is", "CPU in ms", "of it the database", "ratio", "spread", "target", ""]
    rows = [_page(page) for page in figures["pages"]]
    return [*_story({name: number for name, number in figures.items() if name != "pages"}), "", markdown([head, *rows])]


def _page(page) -> list[str]:
    target = "" if page["target"] is None else f"{page['target']:,}"
    cpu = [f"{sum(page['cpu_ms'].values()):,.0f}", f"{page['cpu_ms']['database']:,.0f}"]
    spread = f"{page['lowest']:,.0f}–{page['highest']:,.0f}"
    return [page["name"], page["what"], *cpu, f"{page['ratio']:,.0f}", spread, target, page["verdict"]]


def _row(stage, name, work) -> list[str]:
    """Without a ratio it is the sign-up in a season where nobody came before."""
    people, parts = stage.partition("_")[0], [f"{work['cpu_ms']:.0f}", f"{work['database_ms']:.0f}"]
    if "ratio" not in work:
        return ["nobody", name, *parts, "", "", ""]
    spread = f"{work['lowest']:.2f}–{work['highest']:.2f}"
    return [people, name.removesuffix(", crowded"), *parts, f"{work['ratio']:.2f}", spread, work["verdict"]]


def _million(figures) -> list[str]:
    stages = [name for name in figures if name != "slow_queries"]
    head = ["CPU in ms", *(f"{name.replace('_', ' ')} ({figures[name]['registrations']:,})" for name in stages)]
    works = [work for work, value in figures[stages[0]].items() if isinstance(value, dict) and "cpu_ms" in value]
    rows = [[work, *(f"{figures[stage][work]['cpu_ms']:.0f}" for stage in stages)] for work in works]
    clock = ["reminder run (clock)", *(f"{figures[stage]['reminder run']['clock_ms']:.0f}" for stage in stages)]
    return [markdown([head, *rows, clock])]


def _side_by_side(figures) -> list[str]:
    """A column for each stage."""
    first, *_ = figures.values()
    rows = [[name.replace("_", " "), *(_said(stage[name]) for stage in figures.values())] for name in first]
    return [markdown([["", *figures], *rows])]


LINES = {
    "desk": _desk,
    "figures": _desk,
    "million": _million,
    "came-before": _came_before,
    "processes": _side_by_side,
    "rows": _side_by_side,
}


def _said(value) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return ", ".join(f"{key} {_said(each)}" for key, each in value.items()) if isinstance(value, dict) else str(value)
