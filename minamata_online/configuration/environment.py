"""What comes from the environment: a value, or the file named by `<NAME>_FILE`, as secrets are given to containers."""

import os
import sys

from environ.fileaware_mapping import FileAwareMapping

# gunicorn stops as a whole when a worker ends with this, instead of starting the next one for ever.
CANNOT_START = 3
REQUIRED = object()


class Environment:
    """Reads settings one after the other, and collects what is wrong, so that all of it is said at once."""

    def __init__(self):
        self.problems: list[str] = []
        self._given = FileAwareMapping(cache=False)

    def read(self, name, parser, default=REQUIRED):
        """The value by this parser. Without one, or where it is wrong, `default`; empty counts as not given."""
        try:
            text = self._text(name)
        except (OSError, ValueError) as error:
            self.refuse(f"{name}_FILE={os.environ[f'{name}_FILE']} cannot be read: {type(error).__name__}.")
            return default
        if text:
            return self._parsed(name, parser, text, default)
        if default is REQUIRED:
            self.refuse(f"{name} is not set: {parser.expected}. A file that holds it can be named by {name}_FILE.")
        return default

    def refuse(self, problem):
        """The process will not start for this reason, a sentence that names the setting."""
        self.problems.append(problem)

    def end_if_refused(self):
        """Ends the process with a line for each problem."""
        if self.problems:
            print(*self.problems, sep="\n", file=sys.stderr, flush=True)
            raise SystemExit(CANNOT_START)

    def _text(self, name) -> str:
        return (self._given.get(name) or "").rstrip("\r\n")

    def _parsed(self, name, parser, text, default):
        try:
            return parser.parse(text)
        except ValueError:
            # Without the value, which may be a secret.
            self.refuse(f"{name} must be {parser.expected}.")
            return default
