"""A file of any usual kind becomes a table, or says in words why it is none."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from sessions.tables import text, workbook
from sessions.tables.table import CannotRead, Choice, Limits, Table

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# MS-OFFCRYPTO 2.3.4.4: the name of the stream that holds an encrypted workbook.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table")


def is_workbook(octets: bytes) -> bool:
    """Whether reading it means unpacking it, which belongs into a process that can be stopped."""
    return octets.startswith(ZIP)


def read(octets: bytes, limits: Limits, choice: Choice | None = None) -> Table:
    """Raises CannotRead."""
    _refuse_what_is_no_table(octets, limits)
    return (workbook if is_workbook(octets) else text).read(octets, limits, choice or Choice())


def _refuse_what_is_no_table(octets, limits):
    if len(octets) > limits.octets:
        words = _("This file is too large: at most %(limit)s are possible. Split it, or paste the lines.")
        raise CannotRead(words % {"limit": filesizeformat(limits.octets)})
    if octets.startswith(OLE):
        raise CannotRead(_protected_or_old(octets))
    if octets.startswith(b"%PDF"):
        raise CannotRead(_("This is a PDF file. Choose the table that it was made from, as XLSX or CSV."))
    if octets[:200].lstrip().lower().startswith(MARKUP):
        words = _("This file is a web page, not a table. Open it in a spreadsheet program and save it as XLSX.")
        raise CannotRead(words)


def _protected_or_old(octets) -> str:
    if ENCRYPTED in octets:
        return _("This Excel file is protected by a password. Save it without a password, then choose it again.")
    return _("This is an Excel file of the old kind (.xls). Save it as XLSX or CSV, then choose it again.")
