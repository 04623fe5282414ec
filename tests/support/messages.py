"""What Django's messages say on the next page."""

import re

from django.contrib.messages import get_messages


def said(response) -> list[str]:
    """The messages on the page after a form was sent."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def said_at_some_hour(response) -> list[str]:
    """As `said`, with "hh:mm" for the hour at which mails leave."""
    return [re.sub(r"\bleaves? at \d\d:\d\d ", "leave at hh:mm ", message) for message in said(response)]
