"""Of what the page of one's own data is made: facts, things that have some, and lines."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class Thing:
    """One registration, invitation or request, with what is stored about it."""

    title: str
    facts: list[Fact]


@dataclass(frozen=True)
class Line:
    """One mail: its subject, or what it was about, and what became of it."""

    title: str
    state: str
