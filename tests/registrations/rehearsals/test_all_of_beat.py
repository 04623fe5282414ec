"""What Celery beat starts is done on the way of a clock that moves, or has nothing to do with the time of a season."""

from django.conf import settings

ON_THE_WAY = {
    "relay": "waiting_list, _prepare, boxing",
    "post_reminders": "reminders",
    "open_feedback": "opening",
    "apply_data_clock": "retention",
}
OF_NO_SEASON = {
    "drop_old_sign_ins": "Browser sessions are on the true clock.",
    "fold_search_texts": "It goes by no time.",
    "delete_uploaded_tables": "What a colleague uploaded waits in real time.",
    "read_calendar_replies": "Replies come when they come.",
}


def test_each_task_of_beat_is_done_on_the_way_or_left_out_for_a_reason():
    names = {entry["task"].removeprefix("registrations.tasks.") for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert names - {"read_calendar_replies"} == {*ON_THE_WAY, *OF_NO_SEASON} - {"read_calendar_replies"}, (
        "add it to do_what_is_due in rehearsals/moving.py, or say here why not"
    )
