"""The content security policy of an answer."""


def directives(answer) -> dict[str, list[str]]:
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts}
