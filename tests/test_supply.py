"""What we build on is pinned to its octets, and templates have no door for markup of strangers."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PINNED = re.compile(r"^[A-Za-z0-9_.\[\]-]+==[^\s\\]+ \\$")


def packages(name) -> list[str]:
    text = (ROOT / name).read_text()
    return [block for block in re.split(r"\n(?=[A-Za-z0-9])", text) if not block.startswith("#")]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_has_one_version_and_its_hashes(name):
    found = packages(name)

    assert len(found) > 20
    assert [block for block in found if not PINNED.match(block.splitlines()[0]) or "--hash=sha256:" not in block] == []


def test_tests_run_on_the_packages_of_production():
    production, tests = (
        {block.splitlines()[0] for block in packages(name)} for name in ("requirements.txt", "requirements-dev.txt")
    )

    assert production - tests == set()


def test_template_of_a_page_never_trusts_a_value():
    pages = [path for path in ROOT.glob("templates/**/*.html")]

    trusting = re.compile(r"\|\s*safe\b|autoescape off|<script>|\son\w+=\"")
    assert len(pages) > 60
    assert [str(path.relative_to(ROOT)) for path in pages if trusting.search(path.read_text())] == []


def test_escaping_ends_in_plain_text_only():
    texts = [path for path in ROOT.glob("templates/**/*") if path.is_file() and "autoescape off" in path.read_text()]

    assert texts != []
    assert {path.suffix for path in texts} == {".txt"}


def test_model_of_threats_names_tests_that_are_there():
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs" / "security.md").read_text())

    missing = [
        (path, test)
        for path, test in named
        if not (ROOT / path).exists() or (test and f"def {test}(" not in (ROOT / path).read_text())
    ]
    assert len(named) > 20
    assert missing == []
