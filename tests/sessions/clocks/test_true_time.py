"""Who asks for the true time although a season has its own: each place with its reason, all others ask the season."""

import ast

from tests.support.paths import ROOT

NO_SEASON = "It belongs to no season: a mailbox, a colleague, a file name, an upload, the list of the next season."
REAL_ONLY = "It is about real seasons alone."
EACH_BY_ITSELF = "The rule that has it asks for the time of each season."
NEW = "The season does not exist yet."
ASKED_BY = {
    "registrations/accounts/passwords.py": NO_SEASON,
    "registrations/admin/attendance/pages.py": NO_SEASON,
    "registrations/admin/circulars/writing.py": NO_SEASON,
    "registrations/admin/colleagues/pages.py": NO_SEASON,
    "registrations/admin/invitations/invitation.py": NO_SEASON,
    "registrations/admin/mail/failures_page.py": EACH_BY_ITSELF,
    "registrations/admin/mail/mailbox.py": NO_SEASON,
    "registrations/admin/mail/send_again_page.py": EACH_BY_ITSELF,
    "registrations/admin/people/export.py": NO_SEASON,
    "registrations/admin/people/move_page.py": "Nobody is chosen, or people of several sessions, which is refused.",
    "registrations/admin/people/send_again_page.py": EACH_BY_ITSELF,
    "registrations/admin/seat_removals/suspects_page.py": EACH_BY_ITSELF,
    "registrations/admin/today/feedback.py": REAL_ONLY,
    "registrations/admin/today/needs.py": REAL_ONLY,
    "registrations/mail/delivery.py": REAL_ONLY,
    "registrations/management/commands/read_calendar_replies.py": EACH_BY_ITSELF,
    "registrations/rehearsals/moving.py": "How far ahead a season is, is measured from it; who is at work, too.",
    "registrations/tasks.py": NO_SEASON + " What is asked for several seasons goes by season_clocks.",
    "registrations/views/certificates.py": "When somebody had it erased themselves.",
    "registrations/views/check_certificate.py": "Who checks it does so in real time, whatever season it is of.",
    "registrations/views/next_season.py": NO_SEASON,
    "registrations/views/preferences.py": NO_SEASON,
    "registrations/views/send_link.py": NO_SEASON,
    "sessions/admin/invitations/page.py": NO_SEASON,
    "sessions/admin/invitations/table_page.py": NO_SEASON,
    "sessions/admin/programme_page.py": "A page about the site belongs to no season.",
    "sessions/admin/season.py": NO_SEASON,
    "sessions/admin/season_pages/clock.py": "It shows the true time beside that of the rehearsal.",
    "sessions/admin/season_pages/copying.py": NEW,
    "sessions/admin/today/coming.py": REAL_ONLY,
    "sessions/admin/today/lacking.py": REAL_ONLY,
    "sessions/admin/today/seasons.py": NO_SEASON,
    "sessions/admin/today/unstored.py": REAL_ONLY,
    "sessions/admin/typed_hours.py": EACH_BY_ITSELF,
    "sessions/clocks/moment.py": "The clock itself.",
    "sessions/management/commands/check_time_zones.py": EACH_BY_ITSELF,
    "sessions/management/commands/clone_season.py": NEW,
    "sessions/management/commands/export_archive.py": "There is no such season.",
    "sessions/management/commands/load_season.py": NEW,
    "sessions/public/snapshot.py": EACH_BY_ITSELF,
    "sessions/seasons/season_clocks.py": "The clocks of all seasons.",
    "sessions/views/programme.py": "The list of time zones belongs to no season.",
}


def test_who_asks_for_the_true_time_is_named_with_a_reason_and_nobody_in_vain():
    modules = [path for room in ("registrations", "sessions") for path in (ROOT / room).rglob("*.py")]

    assert {str(path.relative_to(ROOT)) for path in modules if _asks(path)} == set(ASKED_BY), (
        "ask moment.of(season), or sessions.seasons.season_clocks for several; else say why here"
    )


def _asks(path) -> bool:
    text = path.read_text()
    if "moment" not in text and "def now" not in text:
        return False
    calls = [node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    return any(ast.unparse(call) == "moment.now" for call in calls) or path.name == "moment.py"
