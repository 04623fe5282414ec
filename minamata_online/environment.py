"""What comes from the environment: a value, or the file named by `<NAME>_FILE`, as secrets are given to containers."""

import os
import sys

import environ
from environ.fileaware_mapping import FileAwareMapping

# gunicorn stops as a whole when a worker ends with this, instead of starting the next one for ever.
CANNOT_START = 3


class _ValuesAndFiles(FileAwareMapping):
    def __getitem__(self, key):
        return super().__getitem__(key).rstrip("\r\n")


class Environment(environ.Env):
    ENVIRON = _ValuesAndFiles()

    def require(self, *described):
        """Ends the process unless each has a value, with a line for each that has none; pairs of name and meaning."""
        problems = [problem for name, words in described if (problem := self._problem(name, words))]
        if problems:
            print(*problems, sep="\n", file=sys.stderr, flush=True)
            raise SystemExit(CANNOT_START)

    def _problem(self, name, words) -> str:
        try:
            is_given = bool(self.ENVIRON.get(name))
        except (OSError, ValueError) as error:
            return f"{name}_FILE={os.environ[f'{name}_FILE']} cannot be read: {type(error).__name__}."
        return "" if is_given else f"{name} is not set: {words}. A file that holds it can be named by {name}_FILE."
