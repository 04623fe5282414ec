"""The picture in docs/architecture.md, held against the code."""

import tomllib
from pathlib import Path

from importlinter import cli

ROOT = Path(__file__).resolve().parent.parent
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
    exit_code = cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert exit_code == cli.EXIT_STATUS_SUCCESS


def test_every_module_stands_on_a_floor():
    assert modules_of("sessions") | modules_of("registrations") == contract_modules()
