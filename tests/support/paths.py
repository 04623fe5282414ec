"""Where the files of the project and of the tests are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "tests" / "files" / "tables"
