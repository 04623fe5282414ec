"""How often a person may change what is theirs: generously, since only their own link opens these pages."""

from registrations.limits import rates


def may_change(participant) -> bool:
    return rates.passes(rates.CHANGES_OF_A_PERSON, str(participant.pk))


def seconds_to_wait() -> int:
    return rates.span_ends_in(rates.CHANGES_OF_A_PERSON)


def wait(response):
    return retry_after(seconds_to_wait(), response)


def retry_after(seconds, response):
    response["Retry-After"] = seconds
    return response
