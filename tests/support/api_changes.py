"""What a new version of an OpenAPI schema would break for programs that were written by the old one."""

from itertools import chain

# Of a parameter: what was taken before may be refused with a smaller, or larger, one.
NARROWER = {"maximum": min, "maxLength": min, "minimum": max, "minLength": max}


def breaking(old, new) -> list[str]:
    """Sentences, each about one change; none for what is only added."""
    return list(chain.from_iterable(_of_path(path, old, new) for path in old["paths"]))


def _of_path(path, old, new):
    if path not in new["paths"]:
        yield f"{path} went away"
        return
    for method, before in old["paths"][path].items():
        after = new["paths"][path].get(method)
        if after is None:
            yield f"{method.upper()} {path} went away"
            continue
        yield from _of_parameters(path, old, new, before, after)
        yield from _of_answers(path, old, new, before, after)


def _of_parameters(path, old, new, before, after):
    then, now = ({each["name"]: each for each in side.get("parameters", ())} for side in (before, after))
    for name in now.keys() - then.keys():
        if now[name].get("required"):
            yield f"{path}: the new parameter {name} is required"
    for name in then:
        if name not in now:
            yield f"{path}: the parameter {name} went away"
            continue
        if now[name].get("required") and not then[name].get("required"):
            yield f"{path}: the parameter {name} is required now"
        yield from _of_value(f"{path}: the parameter {name}", _flat(old, then[name]), _flat(new, now[name]))


def _of_value(what, then, now):
    then, now = then["schema"], now["schema"]
    if _type(then) != _type(now) or then.get("pattern") != now.get("pattern"):
        yield f"{what} is {_type(now)} now, it was {_type(then)}"
    if gone := set(then.get("enum", ())) - set(now.get("enum", then.get("enum", ()))):
        yield f"{what} takes {', '.join(sorted(gone))} no more"
    if then.get("default") != now.get("default"):
        yield f"{what} is {now.get('default')} without it, it was {then.get('default')}"
    for limit, stricter in NARROWER.items():
        if limit in now and stricter(now[limit], then.get(limit, now[limit])) == now[limit] != then.get(limit):
            yield f"{what} has the {limit} {now[limit]}, it was {then.get(limit, 'none')}"


def _of_answers(path, old, new, before, after):
    for status, answer in before["responses"].items():
        if status not in after["responses"]:
            yield f"{path}: the answer {status} went away"
            continue
        for kind, content in answer.get("content", {}).items():
            if kind not in after["responses"][status].get("content", {}):
                yield f"{path}: the answer {status} is no {kind} any more"
                continue
            then = dict(_fields(old, content["schema"], ""))
            now = dict(_fields(new, after["responses"][status]["content"][kind]["schema"], ""))
            for field, type_ in then.items():
                if field not in now:
                    yield f"{path}: {field} went away"
                elif now[field] != type_:
                    yield f"{path}: {field} is {now[field]} now, it was {type_}"


def _fields(schema, value, name):
    """Pairs of a dotted name and a type of each field, at whatever depth."""
    value = _flat(schema, value)
    choices = value.get("anyOf")
    if choices:
        types = [_flat(schema, each) for each in choices]
        yield name, " or ".join(_type(each) for each in types)
        yield from chain.from_iterable(_fields(schema, each, name) for each in types if "properties" in each)
        return
    if name:
        yield name, _type(value)
    for field, inner in value.get("properties", {}).items():
        full = f"{name}.{field}" if name else field
        yield from _fields(schema, inner, full)
        if field not in value.get("required", ()):
            yield f"{full}?", "may be missing"
        else:
            yield f"{full}!", "always there"
    if "items" in value:
        yield from _fields(schema, value["items"], f"{name}[]")


def _type(value) -> str:
    if "anyOf" in value:
        return " or ".join(_type(each) for each in value["anyOf"])
    return " ".join(filter(None, (value.get("type", "anything"), value.get("format"))))


def _flat(schema, value):
    """Without references."""
    while "$ref" in value:
        value = schema["components"]["schemas"][value["$ref"].rpartition("/")[2]]
    return value
