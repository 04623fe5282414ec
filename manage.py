#!/usr/bin/env python
import os
import sys
from pathlib import Path

from minamata_online.command_line import CommandLine
from minamata_online.monitoring import log_format

# In a checkout alone: the image of production has no such folder.
DEVELOPMENT = Path(__file__).resolve().parent / "script" / "development.py"

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minamata_online.settings")
    if DEVELOPMENT.is_file():
        from script import development

        development.fill_in_unless_production(os.environ)
    sys.excepthook = log_format.write_uncaught
    CommandLine(sys.argv).execute()
