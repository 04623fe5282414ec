"""Makes of the catalogues in locale/ what Django reads, where that is missing or older; nothing has to be installed."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def ready(folder: Path) -> Path:
    """The folder, once each `django.po` in it has its `django.mo`. Raises OSError where it cannot be written."""
    for source in sorted(folder.glob("*/LC_MESSAGES/django.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            _compile(source, compiled)
    return folder


def _compile(source, compiled):
    # Only needed after a change: every process and every test loads the settings.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file)
    # Several processes may do this at once, and none may read half of it.
    with NamedTemporaryFile(dir=compiled.parent, delete=False) as file:
        write_mo(file, catalogue)
    Path(file.name).chmod(0o644)
    os.replace(file.name, compiled)
