"""The season file: TOML written by people, read into plain data or into a list of all its mistakes."""

import tomllib

from sessions.seasons.season_file import keys, lines, rules
from sessions.seasons.season_file.entries import SeasonEntry, season_entry


class SeasonFileError(Exception):
    """`problems` are sentences for the person who wrote the file, each with its line."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


def read(toml: str) -> SeasonEntry:
    """The season in the words of the models; raises SeasonFileError with every mistake at once."""
    try:
        raw = tomllib.loads(toml)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SeasonFileError([f"not TOML: {error}"]) from None
    found = []
    clean = keys.FILE.read(raw, (), found)
    found += rules.problems(clean)
    if found:
        raise SeasonFileError(_sentences(found, raw, lines.places(toml)))
    return season_entry(clean)


def _sentences(problems, raw, places) -> list[str]:
    located = [(_line(problem.place, places), problem) for problem in problems]
    located.sort(key=lambda pair: pair[0])
    return [f"line {line}: {_words(problem.place, raw)}: {problem.text}" for line, problem in located]


def _line(place, places) -> int:
    """The line of the key, or else of the table around it."""
    return next((places[place[:length]] for length in range(len(place), 0, -1) if place[:length] in places), 1)


def _words(place, raw) -> str:
    """The place as people say it: session "article-3-trade": slots[1].start."""
    table, *way = place
    name = table
    if way and isinstance(way[0], int):
        name = f"{table} {_name(raw[table][way[0]], way[0])}"
        way = way[1:]
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in way).lstrip(".")
    return f"{name}: {path}" if path else name


def _name(row, index) -> str:
    slug = row.get("slug") if isinstance(row, dict) else None
    return f'"{slug}"' if isinstance(slug, str) else f"number {index + 1}"
