"""The picture in docs/architecture.md, held against the code."""

import ast
import re
import subprocess
import sys
import tomllib

from django.apps import apps

from tests.support.locks import ORDER
from tests.support.paths import ROOT

APPS = ("sessions", "registrations")
NOT_OURS = {"migrations", "__init__", "__pycache__", "data"}


def contract_modules():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return {name.strip() for layer in contracts[0]["layers"] for name in layer.split("|")}


def modules_of(app):
    entries = ((ROOT / app) / name for name in (path.name for path in (ROOT / app).iterdir()))
    names = {entry.stem for entry in entries if entry.suffix == ".py" or (entry.is_dir() and any(entry.glob("*.py")))}
    return {f"{app}.{name}" for name in names - NOT_OURS}


def test_imports_run_downwards_only():
    # In a process of its own: it switches off every logger that exists before it.
    code = "from importlinter import cli; raise SystemExit(cli.lint_imports(no_cache=True))"
    lint = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert lint.returncode == 0, lint.stdout


def test_every_module_has_a_layer():
    assert modules_of("sessions") | modules_of("registrations") == contract_modules()


def test_every_module_says_what_it_is_for():
    written = [path for app in (*APPS, "minamata_online") for path in (ROOT / app).rglob("*.py")]
    modules = [path for path in written if path.parent.name != "migrations"]

    assert len(modules) > 200
    assert [str(path.relative_to(ROOT)) for path in modules if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_no_test_file_takes_anything_from_another():
    written = list((ROOT / "tests").rglob("*.py"))
    taken = re.compile(r"^(from|import) tests\S*\.test_", re.MULTILINE)

    assert len(written) > 300
    assert [str(path.relative_to(ROOT)) for path in written if taken.search(path.read_text())] == []


def test_locks_are_written_in_the_order_that_is_watched():
    text = (ROOT / "docs/architecture.md").read_text()
    [order] = re.findall(r"^Always in this order: (.*?) Code that needs", text, re.MULTILINE | re.DOTALL)
    ours = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    tables = {model.__name__: model._meta.db_table for model in ours}

    # The form of a page about the site locks nothing else.
    assert [tables[name] for name in re.findall(r"`(\w+)`", order)] == [
        table for table in ORDER if table != "online_sessions_pagetext"
    ]
