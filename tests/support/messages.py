"""What Django's messages say on the next page."""

from django.contrib.messages import get_messages


def said(response) -> list[str]:
    """The messages on the page after a form was sent."""
    return [str(message) for message in get_messages(response.wsgi_request)]
