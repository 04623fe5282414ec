"""Starts everything, waits, and stops everything; `script/server` has made the virtual environment before."""

import argparse
import os
import sys

from script import development
from script.supervisor import checks, folder, ports, services, summary
from script.supervisor import environment as surroundings
from script.supervisor.children import ChildFailed, Family, Stopped
from script.supervisor.folder import LOGS, ROOT, STAFF_PASSWORD
from script.supervisor.preparation import WITH_EXAMPLES
from script.supervisor.restarts import Restarts
from script.supervisor.terminal import record, say


def main() -> int:
    _read_arguments()
    if doubt := checks.doubt_of_clock():
        say(doubt)
    try:
        port = surroundings.wanted_port()
        lock = _take_folder()
    except (surroundings.BadPort, folder.AlreadyRunning) as reason:
        say(str(reason))
        return 1
    except OSError as error:
        say(checks.in_words(error))
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


def _take_folder():
    folder.create()
    checks.require_room()
    checks.require_own_files()
    return folder.lock()


def _run(family, wanted_port) -> int:
    try:
        # Open here until the end: nobody else gets this port, and who calls while web starts again waits for it.
        with ports.hold(wanted_port) as listener:
            say(*_start(family, wanted_port, listener))
            _keep_running(family)
    except Stopped:
        say("", "Stopping ...")
        return 0
    except ChildFailed as reason:
        say("", str(reason), "", "Stopping the rest ...")
        return 1
    except OSError as error:
        say("", checks.in_words(error), "", "Stopping the rest ...")
        return 1


def _keep_running(family):
    """Until a signal comes."""
    looked_after = [Restarts(child, record) for child in family.children]
    while True:
        for child in looked_after:
            child.look()
        family.pause(0.5)


def _start(family, wanted_port, listener) -> list[str]:
    port = listener.getsockname()[1]
    environment = surroundings.build(port)
    _say_if_taken(wanted_port, port, "the site")
    _find_broker(family, environment)
    before = _moment_of_password()
    _prepare(family, environment)
    say("Starting web, worker and beat ...")
    services.start_all(family, environment, listener)
    return summary.lines(environment, given=os.environ, password_is_new=_moment_of_password() != before)


def _prepare(family, environment):
    """In production without seasons and users of ours, which would be there for everybody."""
    command = [sys.executable, "-m", "script.supervisor.preparation"]
    if not development.is_production(os.environ):
        development.remember(environment)
        command.append(WITH_EXAMPLES)
    say("Preparing the database ...")
    family.run("The preparation", command, LOGS / "preparation.log", env=environment, cwd=ROOT)


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


if __name__ == "__main__":
    sys.exit(main())
