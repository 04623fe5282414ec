"""What Celery beat starts is done on the way of a clock that moves, or has nothing to do with the time of a season."""

import ast
import inspect
from types import ModuleType

from minamata_online.configuration import beat_schedule
from registrations import last_runs, tasks
from registrations.mail import delivery
from registrations.mail.bounces import recording
from registrations.next_season import announcing
from registrations.rehearsals import moving

ON_THE_WAY = {tasks.relay, tasks.post_reminders, tasks.open_feedback, tasks.apply_data_clock}
OF_NO_SEASON = {
    tasks.drop_old_sign_ins: "Browser sessions are on the true clock.",
    tasks.fold_search_texts: "It goes by no time.",
    tasks.delete_uploaded_tables: "What a colleague uploaded waits in real time.",
    tasks.read_calendar_replies: "Replies come when they come.",
}
# What the tasks that are done on the way use besides.
NOT_FOR_REHEARSALS = {
    announcing: "No rehearsal is announced.",
    delivery: "Mails of rehearsals leave for no server.",
    last_runs: "Whether beat runs is asked on the true clock.",
    moving: "It moves the clock itself.",
    recording: "A mailbox that took no mail belongs to no season.",
}


def test_each_task_of_beat_is_done_on_the_way_or_left_out_for_a_reason():
    entries = beat_schedule.entries(reads_replies=True).values()

    assert {entry["task"] for entry in entries} == {task.name for task in ON_THE_WAY | OF_NO_SEASON.keys()}, (
        "add it to do_what_is_due in rehearsals/moving.py, or say here why not"
    )


def test_moving_clock_calls_whatever_those_tasks_call():
    by_beat = set().union(*(called(tasks, task.__name__) for task in ON_THE_WAY))

    assert by_beat - NOT_FOR_REHEARSALS.keys() == called(moving, "do_what_is_due")
    assert by_beat >= NOT_FOR_REHEARSALS.keys()


def called(module, name) -> set[ModuleType]:
    """Modules of `registrations` that a function names, and the functions of its module that it names."""
    parsed = ast.parse(inspect.getsource(module)).body
    functions = {node.name: node for node in parsed if isinstance(node, ast.FunctionDef)}
    found, waiting = set(), {name}
    while waiting:
        function = functions.get(waiting.pop())
        names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)} if function else set()
        waiting |= names & functions.keys() - found
        found |= names
    modules = {vars(module)[name] for name in found & vars(module).keys() if inspect.ismodule(vars(module)[name])}
    return {each for each in modules if each.__name__.startswith("registrations.")}
