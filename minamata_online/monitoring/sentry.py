"""Errors reported to a Sentry server, where SENTRY_DSN names one: what broke and where, and nothing about people."""

from minamata_online.monitoring.log_format import without_people


def start(dsn: str):
    # Imported here: without an address it costs nothing.
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=without_details,
    )


def without_details(event, _hint):
    """The event without cookies, headers, query and fields, and every text in it without keys and addresses."""
    request = event.get("request") or {}
    event["request"] = {name: request[name] for name in ("method", "url") if name in request}
    for name in ("user", "extra", "breadcrumbs", "server_name"):
        event.pop(name, None)
    return _cleaned(event)


def _cleaned(value):
    if isinstance(value, str):
        return without_people(value)
    if isinstance(value, dict):
        return {name: _cleaned(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return value
