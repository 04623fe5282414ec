"""Tables that staff upload: stored, read by a process that can be stopped, deleted as soon as they are of no use."""

from dataclasses import asdict
from datetime import timedelta

from celery import current_app
from django.db import transaction

from registrations.models import UploadedTable
from sessions import tables

# As long as somebody of the staff stays signed in.
KEPT = timedelta(hours=12)


def store(*, session, name, octets, limits, by, now) -> UploadedTable:
    """Keep a file and have it read: a text at once, a workbook by the worker, since that may have to be stopped.

    What is read has its `rows`, or a `problem` in words.
    """
    delete_old(now=now)
    upload = UploadedTable.objects.create(
        session=session,
        uploaded_by=by,
        uploaded_at=now,
        name=name[:200],
        octets=octets,
        limits=asdict(limits),
        asked_at=now,
    )
    _have_it_read(upload, now)
    return upload


def read_again(*, upload, choice, now):
    """Read it in another way, with another encoding, delimiter or sheet."""
    asked = {"choice": asdict(choice), "asked_at": now, "started_at": None, "rows": None, "problem": "", "reading": {}}
    UploadedTable.objects.filter(pk=upload.pk).update(**asked)
    _have_it_read(upload, now)


def read(*, upload_id, now):
    """Read a file that waits for it; one that was begun is left alone, since it may be what killed its reader."""
    if not UploadedTable.objects.filter(pk=upload_id, started_at=None).update(started_at=now):
        return
    upload = UploadedTable.objects.get(pk=upload_id)
    try:
        table = tables.read(bytes(upload.octets), *upload.wanted)
        found = {"rows": table.rows, "reading": asdict(table.reading)}
    except tables.CannotRead as reason:
        give_up(upload=upload, reason=str(reason))
    else:
        _asked_so(upload).update(**found)


def give_up(*, upload, reason):
    """Say why nothing can be read here, and drop what was uploaded."""
    _asked_so(upload).update(problem=reason, octets=b"")


def discard(*, upload_id, by):
    UploadedTable.objects.filter(pk=upload_id, uploaded_by=by).delete()


def delete_old(*, now) -> int:
    deleted, _by_model = UploadedTable.objects.filter(uploaded_at__lt=now - KEPT).delete()
    return deleted


def _asked_so(upload):
    """The row, unless somebody has chosen another way to read it meanwhile."""
    return UploadedTable.objects.filter(pk=upload.pk, asked_at=upload.asked_at)


def _have_it_read(upload, now):
    if not tables.is_workbook(bytes(upload.octets)):
        read(upload_id=upload.pk, now=now)
        return
    # By name: the tasks are in a layer above this one.
    send = current_app.send_task
    transaction.on_commit(lambda: send("registrations.tasks.read_uploaded_table", args=[upload.pk]), robust=True)
