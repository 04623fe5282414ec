"""How templates and stylesheets are written: what Django itself would let pass."""

from tests.support.paths import ROOT

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
STYLESHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
LONGEST_LINE = 160
OLD_NAMES = ("{% trans ", "{% blocktrans ", "{% endblocktrans ")


def test_no_line_is_too_long_to_read():
    lines = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*TEMPLATES, *STYLESHEETS]
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]

    assert TEMPLATES
    assert STYLESHEETS
    assert lines == []


def test_words_to_translate_have_one_pair_of_tags():
    old = [str(path.relative_to(ROOT)) for path in TEMPLATES if any(name in path.read_text() for name in OLD_NAMES)]

    assert old == []
