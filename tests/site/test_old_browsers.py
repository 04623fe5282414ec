"""Browsers of 2016 read the stylesheets and the script: what they drop has a plain line before it, nothing throws."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
STYLES = "\n".join(path.read_text() for path in sorted(STATIC.glob("css/*.css")))
SCRIPT = (STATIC / "js/site.js").read_text()
COMMENT, BLOCK = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"\{([^{}]*)\}")
# Of Chrome 87, Firefox 66 and Safari 14.1: "top" and "bottom" say the same.
ACROSS = re.compile(r"(margin|padding|border)-block(-start|-end)?|inset(-\w+)*|(min-|max-)?(inline|block)-size")
AT_ONE_END = re.compile(r"(margin|padding|border)-inline-(start|end)")
AT_BOTH_ENDS = re.compile(r"(margin|padding)-inline")
# A list of elements has this since Chrome 51; all the others are of Chrome 54 and later.
THROWS = re.compile(
    r"(?:querySelectorAll\([^()]*\)|\.(?:childNodes|children|options|labels))\.forEach"
    r"|Object\.(?:entries|values|fromEntries)|\.(?:padStart|padEnd|flat|flatMap|replaceAll|at|replaceChildren)\("
    r"|\?\.(?=[a-z(\[])|\?\?|\basync\b|\bawait\b"
)
REASON = "old browsers drop it; see the start of tests/site/test_old_browsers.py"


def without_supports(styles) -> str:
    """Without the blocks that a browser reads only if it knows what is in them."""
    while (begins := styles.find("@supports")) >= 0:
        depth, ends = 1, styles.index("{", begins) + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(styles[ends], 0)
            ends += 1
        styles = styles[:begins] + styles[ends:]
    return styles


def dropped(block) -> list[str]:
    """The lines of one block that mean nothing to an old browser and have no plain line before them."""
    found, before = [], set()
    for line in filter(None, (part.strip() for part in block.split(";"))):
        name, value = (part.strip() for part in line.split(":", 1))
        if not set(plain_lines(name, value)) <= before:
            found.append(line)
        before |= {line, name}
    return found


def plain_lines(name, value) -> list[str]:
    """Lines, or names of properties with any value, that have to stand before this one."""
    if ACROSS.fullmatch(name):
        return ["nothing helps: write top and bottom"]
    if AT_ONE_END.fullmatch(name):
        return [f"-webkit-{name.replace('-inline', '')}: {value}"]
    if AT_BOTH_ENDS.fullmatch(name):
        kind = name.partition("-")[0]
        return [f"{kind}-left", f"{kind}-right"]
    if re.search(r"\b(clamp|min|max)\(", value) or value.startswith("inline-"):
        return [] if name == "display" else [name]
    return []


@pytest.mark.parametrize("selector", ["", "@supports (a: b) { p { padding-block: 1px } }"])
def test_stylesheets_have_a_plain_line_before_each_that_old_browsers_drop(selector):
    blocks = BLOCK.findall(without_supports(COMMENT.sub("", STYLES + selector)))

    assert len(blocks) > 150
    assert [line for block in blocks for line in dropped(block)] == [], REASON


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        ("margin-block: 0 1rem", ["margin-block: 0 1rem"]),
        ("-webkit-margin-start: 1px; margin-inline-start: 1px", []),
        ("-webkit-margin-start: 2px; margin-inline-start: 1px", ["margin-inline-start: 1px"]),
        ("padding-left: 1px; padding-inline: 1px", ["padding-inline: 1px"]),
        ("padding-left: 1px; padding-right: 1px; padding-inline: clamp(1px, 2vw, 3px)", []),
        ("font-size: clamp(1px, 2vw, 3px)", ["font-size: clamp(1px, 2vw, 3px)"]),
        ("font-size: 2px; font-size: clamp(1px, 2vw, 3px)", []),
        ("float: inline-start", ["float: inline-start"]),
        ("display: inline-block", []),
    ],
)
def test_line_that_would_be_dropped_is_noticed(block, lines):
    assert dropped(block) == lines


def test_script_has_nothing_that_old_browsers_lack():
    assert THROWS.findall(SCRIPT) == []


@pytest.mark.parametrize(
    ("line", "is_noticed"),
    [
        ('document.querySelectorAll(".choice").forEach(show);', True),
        ('closest(group, "session-groups").parentNode.querySelectorAll(".choice").forEach(show);', True),
        ("list.options.forEach(show);", True),
        ("Object.entries(zones);", True),
        ("choice?.remove();", True),
        ("[].forEach.call(list.options, show);", False),
        ("groupsOf(choice).forEach(untick);", False),
        ('/^(:| \\()/.test(rest) ? "" : choice;', False),
    ],
)
def test_line_that_would_throw_is_noticed(line, is_noticed):
    assert bool(THROWS.search(line)) == is_noticed
