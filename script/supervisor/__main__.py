"""Starts everything, waits, and stops everything; `script/server` has made the virtual environment before."""

import contextlib
import sys

from script.supervisor import environment as surroundings
from script.supervisor import folder, services
from script.supervisor.children import ChildFailed, Family, Stopped
from script.supervisor.folder import LOGS, ROOT, STAFF_PASSWORD

PREPARATION = [sys.executable, "-m", "script.supervisor.preparation"]


def say(*lines):
    # A terminal that is gone must not keep the children from being stopped.
    with contextlib.suppress(OSError):
        print(*lines, sep="\n", flush=True)


def main() -> int:
    try:
        folder.create()
        lock = folder.lock()
    except (folder.AlreadyRunning, OSError) as reason:
        say(str(reason))
        return 1
    family = Family(pass_fds=[lock.fileno()])
    family.obey_signals()
    try:
        return _run(family)
    finally:
        family.stop()
        say("Everything is stopped.")


def _run(family) -> int:
    try:
        say(*_start(family))
        while True:
            family.check()
            family.pause(0.5)
    except Stopped:
        say("", "Stopping ...")
        return 0
    except (ChildFailed, OSError) as reason:
        say("", str(reason), "", "Stopping the rest ...")
        return 1


def _start(family) -> list[str]:
    environment = surroundings.build(say)
    broker_port = surroundings.choose_broker(environment, say)
    if broker_port:
        say("Starting Valkey ...")
        services.start_broker(family, environment, broker_port)
    else:
        services.require_broker(environment["REDIS_URL"])
    say("Preparing the database ...")
    before = _moment_of_password()
    family.run("The preparation", PREPARATION, LOGS / "preparation.log", env=environment, cwd=ROOT)
    say("Starting web, worker and beat ...")
    services.start_all(family, environment)
    return _summary(environment, password_is_new=_moment_of_password() != before)


def _moment_of_password():
    return STAFF_PASSWORD.stat().st_mtime_ns if STAFF_PASSWORD.exists() else None


def _summary(environment, *, password_is_new) -> list[str]:
    site = environment["SITE_URL"].rstrip("/")
    lines = ["", "Minamata Online is ready.", "", f"  Site    {site}/", f"  Admin   {site}/admin/"]
    if password_is_new:
        lines.append(f"          user staff, password {STAFF_PASSWORD.read_text().strip()}  (kept in {STAFF_PASSWORD})")
    elif STAFF_PASSWORD.exists():
        lines.append(f"          user staff, password in {STAFF_PASSWORD}")
    if environment.get("EMAIL_BACKEND") == surroundings.MAIL_CATCHER:
        lines.append(f"  Mail    {site}/dev/mail/  (every mail ends here, none leaves this machine)")
    return [*lines, f"  Logs    {LOGS}", "", "Ctrl-C stops everything."]


if __name__ == "__main__":
    sys.exit(main())
