"""The staff's desk for the programme: Django's own admin, in our order and words."""

from sessions.admin import occurrence, page_text, season, second_factor, session  # noqa: F401
