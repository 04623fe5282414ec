"""The load stories as a part of docs/performance.md."""

from bench.report_table import markdown


def as_markdown(result) -> str:
    if result is None:
        return "Not measured yet."
    stories = [
        f"Measured on {result['made_at'][:10]} with a load of {result['machine']['load_before']} before it began."
    ]
    for name, figures in result["load"].items():
        stories.append(_million(figures) if name == "million" else _story(name, figures))
    return "\n\n".join(stories)


def _story(name, figures) -> str:
    lines = [f"- {key.replace('_', ' ')}: {_said(value)}" for key, value in figures.items()]
    return "\n".join([f"### {name.replace('-', ' ').capitalize()}", "", *lines])


def _million(figures) -> str:
    stages = [name for name in figures if name != "slow_queries"]
    head = ["CPU in ms", *(f"{name.replace('_', ' ')} ({figures[name]['registrations']:,})" for name in stages)]
    works = [work for work, value in figures[stages[0]].items() if isinstance(value, dict) and "cpu_ms" in value]
    rows = [[work, *(f"{figures[stage][work]['cpu_ms']:.0f}" for stage in stages)] for work in works]
    clock = ["reminder run (clock)", *(f"{figures[stage]['reminder run']['clock_ms']:.0f}" for stage in stages)]
    return "\n".join(["### A million registrations", "", markdown([head, *rows, clock])])


def _said(value) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return ", ".join(f"{key} {_said(each)}" for key, each in value.items()) if isinstance(value, dict) else str(value)
