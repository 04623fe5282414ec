"""Tables as files: what a spreadsheet wrote is read with limits, what is written for one never computes."""

from sessions.tables.reading import is_workbook, read
from sessions.tables.table import CannotRead, Choice, Limits, Reading, Table

__all__ = ["CannotRead", "Choice", "Limits", "Reading", "Table", "is_workbook", "read"]
