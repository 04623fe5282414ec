"""The staff's desk for the programme: Django's own admin, in our order and words."""

from sessions.admin import occurrence, page_text, parties, season, session  # noqa: F401
from sessions.admin.today import coming, finding, lacking, seasons, unstored, withdrawn  # noqa: F401
