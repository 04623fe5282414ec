"""How often a person may change what is theirs: generously, since only their own link opens these pages."""

from registrations import limits


def may_change(participant) -> bool:
    return limits.passes(limits.CHANGES_OF_A_PERSON, str(participant.pk))


def seconds_to_wait() -> int:
    return limits.span_ends_in(limits.CHANGES_OF_A_PERSON)


def wait(response):
    response["Retry-After"] = seconds_to_wait()
    return response
