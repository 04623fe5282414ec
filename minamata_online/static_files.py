"""Static files in production: their names change with their content, and ours have no comments."""

import re
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Not those of packages, whose comments are their licences.
OURS = re.compile(r"(css|js)/[^/]+\.(css|js)")
# Comments of ours stand in lines of their own.
COMMENTS = {"css": re.compile(r"/\*.*?\*/\n?", re.DOTALL), "js": re.compile(r"^[ \t]*//.*\n", re.MULTILINE)}


def without_comments(name, text) -> str:
    """The text of a file of ours as browsers get it: comments were a sixth of a first visit."""
    return COMMENTS[name.rpartition(".")[2]].sub("", text)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """For collectstatic, which has copied all files before it calls this."""

    def post_process(self, paths, dry_run=False, **options):
        ours = [name for name in paths if OURS.fullmatch(name) and not dry_run]
        for path in (Path(self.path(name)) for name in ours):
            text = without_comments(path.name, path.read_text())
            # With collectstatic --link it leads to the source.
            path.unlink()
            path.write_text(text)
        # Read from here, and not once more from their source.
        return super().post_process(paths | {name: (self, name) for name in ours}, dry_run, **options)
