"""Members of staff who have signed in with their second factor."""

from types import SimpleNamespace

from sessions.staff import second_factor


def sign_in(client, user):
    """As after password and second step: the desk is open for what the user may do."""
    client.force_login(user)
    browser_session = client.session
    second_factor.record(SimpleNamespace(session=browser_session, user=user), kind="totp")
    browser_session.save()
    return client
