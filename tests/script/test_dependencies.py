"""What we build on is pinned to its octets, and templates never show markup of strangers as markup."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from django.conf import settings
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.thorough import first_always

ROOT = Path(settings.BASE_DIR)
PINNED = re.compile(r"^[A-Za-z0-9_.\[\],-]+==[^\s\\]+ (; .+ )?\\$")


def packages(name) -> list[str]:
    text = (ROOT / name).read_text()
    return [block for block in re.split(r"\n(?=[A-Za-z0-9])", text) if not block.startswith("#")]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_has_one_version_and_its_hashes(name):
    found = packages(name)

    assert len(found) > 20
    assert [block for block in found if not PINNED.match(block.splitlines()[0]) or "--hash=sha256:" not in block] == []


def pins(name, environment) -> dict[str, set[str]]:
    """Extras by canonical name of what pip installs from this file on a machine of this kind."""
    found = [Requirement(block.split(" \\")[0]) for block in packages(name)]
    wanted = [pin for pin in found if pin.marker is None or pin.marker.evaluate(environment)]
    return {canonicalize_name(pin.name): pin.extras for pin in wanted}


def asked_for(package, extras, environment) -> list[Requirement]:
    """What is read here; a package that only another Python installs (async-timeout) is read by the tests there."""
    try:
        asked = [Requirement(text) for text in metadata.requires(package) or []]
    except metadata.PackageNotFoundError:
        return []
    return [
        one
        for one in asked
        if one.marker is None or any(one.marker.evaluate(environment | {"extra": extra}) for extra in {"", *extras})
    ]


@pytest.mark.parametrize("python", first_always(["3.11.2", "3.11.7", "3.12.1", "3.13.0"]))
@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_whatever_a_package_asks_for_is_pinned_with_its_extras(name, python):
    # With hashes, pip stops at the first requirement that is not pinned, also when only its extra is missing.
    environment = default_environment() | {"python_version": python.rpartition(".")[0], "python_full_version": python}
    pinned = pins(name, environment)

    missing = [
        f"{package} asks for {one}"
        for package, extras in pinned.items()
        for one in asked_for(package, extras, environment)
        if canonicalize_name(one.name) not in pinned or not one.extras <= pinned[canonicalize_name(one.name)]
    ]
    assert len(pinned) > 20
    assert missing == []


@pytest.mark.parametrize("package", ["pytest", "pytest-django", "coverage", "playwright"])
def test_production_installs_nothing_of_the_tests(package):
    assert package not in pins("requirements.txt", default_environment())
    assert package in pins("requirements-dev.txt", default_environment())


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
