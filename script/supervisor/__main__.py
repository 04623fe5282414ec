"""Starts everything, waits, and stops everything; `script/server` has made the virtual environment before."""

import argparse
import os
import sys

from script import development
from script.supervisor import environment as surroundings
from script.supervisor import folder, ports, services
from script.supervisor.children import ChildFailed, Family, Stopped
from script.supervisor.folder import LOGS, ROOT, STAFF_PASSWORD
from script.supervisor.restarts import Restarts
from script.supervisor.terminal import record, say

PREPARATION = [sys.executable, "-m", "script.supervisor.preparation"]


def main() -> int:
    _read_arguments()
    try:
        port = surroundings.wanted_port()
        folder.create()
        lock = folder.lock()
    except (surroundings.BadPort, folder.AlreadyRunning, OSError) as reason:
        say(str(reason))
        return 1
    family = Family(pass_fds=[lock.fileno()])
    family.obey_signals()
    try:
        return _run(family, port)
    finally:
        family.stop()
        say("Everything is stopped.")


def _read_arguments():
    """Ends the process for --help and for any argument: there is none to start with."""
    words = "Runs the whole site on this machine until Ctrl-C. Settings come from the environment, see README.md."
    argparse.ArgumentParser(prog="script/server", description=words).parse_args()


def _run(family, port) -> int:
    try:
        say(*_start(family, port))
        _keep_running(family)
    except Stopped:
        say("", "Stopping ...")
        return 0
    except (ChildFailed, OSError) as reason:
        say("", str(reason), "", "Stopping the rest ...")
        return 1


def _keep_running(family):
    """Until a signal comes."""
    looked_after = [Restarts(child, record) for child in family.children]
    while True:
        for child in looked_after:
            child.look()
        family.pause(0.5)


def _start(family, wanted_port) -> list[str]:
    # Held until the end: another server that starts meanwhile gets another port.
    listener = ports.hold(wanted_port)
    port = listener.getsockname()[1]
    environment = surroundings.build(port)
    _say_if_taken(wanted_port, port, "the site")
    _find_broker(family, environment)
    if not development.is_production(os.environ):
        development.remember(environment)
    say("Preparing the database ...")
    before = _moment_of_password()
    family.run("The preparation", PREPARATION, LOGS / "preparation.log", env=environment, cwd=ROOT)
    say("Starting web, worker and beat ...")
    services.start_all(family, environment, listener)
    return _summary(environment, password_is_new=_moment_of_password() != before)


def _find_broker(family, environment):
    """The one that REDIS_URL names, or one of our own."""
    if environment.get("REDIS_URL"):
        services.require_broker(environment["REDIS_URL"])
        return
    say("Starting Valkey ...")
    port = services.start_broker(family, development.BROKER_PORT)
    _say_if_taken(development.BROKER_PORT, port, "Valkey")
    environment["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"


def _say_if_taken(wanted, port, whose):
    if port != wanted:
        say(f"Port {wanted} is taken; {whose} uses {port}.")


def _moment_of_password():
    return STAFF_PASSWORD.stat().st_mtime_ns if STAFF_PASSWORD.exists() else None


def _summary(environment, *, password_is_new) -> list[str]:
    site = environment["SITE_URL"].rstrip("/")
    lines = ["", "Minamata Online is ready.", "", f"  Site    {site}/", f"  Admin   {site}/admin/"]
    if password_is_new:
        lines.append(f"          user staff, password {STAFF_PASSWORD.read_text().strip()}  (kept in {STAFF_PASSWORD})")
    elif STAFF_PASSWORD.exists():
        lines.append(f"          user staff, password in {STAFF_PASSWORD}")
    if environment.get("EMAIL_BACKEND") == development.MAIL_CATCHER:
        lines.append(f"  Mail    {site}/dev/mail/  (every mail ends here, none leaves this machine)")
    return [*lines, f"  Logs    {LOGS}", "", "Ctrl-C stops everything."]


if __name__ == "__main__":
    sys.exit(main())
