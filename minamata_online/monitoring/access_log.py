"""The access log of gunicorn, without the keys in personal addresses, and the count of its answers."""

import re

from gunicorn.glogging import Logger

from minamata_online.configuration import parsers
from minamata_online.configuration.environment import Environment
from minamata_online.middleware import request_ids
from minamata_online.monitoring import answers, watched
from minamata_online.monitoring.log_format import Formatter, JsonFormatter, in_one_line


class AccessLog(Logger):
    """For gunicorn's --logger-class: the path as the application sees it, since the raw one may have escapes."""

    def setup(self, cfg):
        super().setup(cfg)
        self._in_line = re.findall(r"%\((.+?)\)", cfg.access_log_format)
        answers.of_server()
        # gunicorn starts to log before Django's settings are read.
        is_json = Environment().read("LOG_FORMAT", parsers.LOG_FORMAT, default="text") == "json"
        for log, form in ((self.error_log, self.error_fmt), (self.access_log, self.access_fmt)):
            for handler in log.handlers:
                handler.setFormatter(JsonFormatter() if is_json else Formatter(form, self.datefmt))

    def access(self, resp, req, environ, request_time):
        # Watchers are answered 503 as long as something is wrong: that is no trouble of the site's visitors.
        if environ.get("PATH_INFO") not in watched.PATHS:
            answers.of_server().add(str(resp.status))
        request_id = dict(resp.headers).get(request_ids.HEADER, "")
        with request_ids.known_as(request_id):
            super().access(resp, req, environ, request_time)

    def atoms(self, resp, req, environ, request_time):
        atoms = super().atoms(resp, req, environ, request_time)
        path = environ.get("PATH_INFO", "")
        safe = {"r": f"{atoms['m']} {path} {atoms['H']}", "U": path, "q": "", "f": atoms["f"].partition("?")[0]}
        known = atoms | safe
        # Of eighty, most of them headers, a line has about nine.
        return {name: in_one_line(str(known[name])) for name in map(_known_as, self._in_line) if name in known}


def _known_as(name) -> str:
    """gunicorn knows headers and variables in small letters, whatever the format of the line has."""
    return name.lower() if name.startswith("{") else name
