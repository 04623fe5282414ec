"""Reports that a test writes and uploads, and what the pages about them then show."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.support.page_forms import forms_in
from tests.support.registrations.attendance import FILES

WEBEX = "Name\tAttendee Email\tJoin Time\tLeave Time\tConnection Type\n"


def webex(*rows):
    """A report in which each row is a name, an address, and hours of joining and leaving in Geneva."""
    lines = [f"{name}\t{email}\t2020-09-17 {joined}\t2020-09-17 {left}\tapp\n" for name, email, joined, left in rows]
    return (WEBEX + "".join(lines)).encode()


def times_of(email, joined="15:00:00", left="15:30:00", name="Somebody"):
    return name, email, joined, left


def address(slot, page=""):
    return reverse(f"admin:registrations_occurrence_attendance{page}", args=[slot.pk])


def upload(client, slot, *files, **answers):
    """Each file is octets, or the name of one of those in the folder."""
    named = [(each, (FILES / each).read_bytes()) if isinstance(each, str) else ("r.csv", each) for each in files]
    sent = [SimpleUploadedFile(f"{number}-{name}", octets) for number, (name, octets) in enumerate(named)]
    return client.post(address(slot), {"files": sent} | answers, follow=True)


def values(page, name) -> dict | None:
    """What a browser sends of the form that has this field; None without one."""
    found = (form.values for form in forms_in(page.text, "/") if any(each.endswith(name) for each in form.values))
    return next(found, None)


def take(client, slot, **answers):
    page = client.get(address(slot, "_preview"))
    return client.post(address(slot, "_preview"), values(page, "shown") | answers, follow=True)


def read(client, slot, *files, **answers):
    upload(client, slot, *files)
    return take(client, slot, **answers)


def groups(page):
    return {group.title: group.number for group in page.context["groups"]}
