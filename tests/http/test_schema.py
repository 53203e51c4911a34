"""Requests made up from doc/openapi.yaml, right and wrong ones: no answer is a 5xx, none is outside
of what the file says.

Takes the number of requests and the file; ATENDE_PROGRAM and ATENDED_PROGRAM say what is run."""

import collections
import json
import os
import string
import sys
import unittest
import urllib.parse

import hypothesis
from hypothesis import strategies as st

from openapi import Description
from server import Server

sys.path.insert(0, __file__.rsplit("/", 2)[0] + "/cli")
import tap  # noqa: E402

COUNT, FILE = int(sys.argv.pop(1)), sys.argv.pop(1)
DESCRIPTION = Description(FILE)

# Nobody, an operator, a supervisor, an admin of the sample desk; and somebody who is none.
PEOPLE = [None, None, "ana", "carla", "davi", "zoe"]
# Each costs what a password is meant to cost, or holds the writers of the desk.
RARE = {"signIn", "setPassword", "getBackup", "getRecords", "checkDesk", "restore"}

WORDS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet=string.ascii_letters + " :-<>!*\"'", max_size=30),
    st.sampled_from(["entrega", "cobranca", "ana", "bruno", "none", "Joana", "me", "due:<1h",
                     "team:entrega", "is:overdue", "\u202eabc", "a\x00b", "%00", "\x1b[31m"]))
NUMBERS = st.one_of(
    st.integers(1001, 1020), st.integers(1001, 1020), st.integers(1, 20),
    st.integers(-2, 40), st.integers(),
    st.sampled_from([2**31, 2**53, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), 10**30]))
# What a name has to be to mean something.
KNOWN = {
    "number": ["1001", "1002", "1003", "1005"], "id": ["1", "2", "3"], "login": ["ana", "bruno"],
    "numbers": ["1001", "1003,1001,9"], "team": ["entrega", "none"], "kind": ["reply", "note"],
    "filter": ["is:free", "troca"], "q": ["1001", "troca", "pedido state:open"],
    "limit": ["1", "50"], "since": ["0", "5", "90"], "offset_ms": ["-10800000"],
    "address": ["sonia.alves33@example.com", "joana@example.com"], "state": ["open", "waiting"],
}
TIMES = st.sampled_from(["2030-01-02T03:04:05Z", "2026-11-24", "2030-01-01T00:00:00-03:00", "soon"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5)


def an_object(schema):
    properties = schema.get("properties", {})
    required = set(schema.get("required", ()))
    kinds = properties.get("kind", {}).get("enum")
    if not kinds:
        return of_properties(properties, required)
    # A change: what its kind must have, and now and then something more.
    needs = {rule["if"]["properties"]["kind"]["const"]: rule["then"]["required"]
             for rule in schema.get("allOf", ())}
    return st.sampled_from(kinds).flatmap(lambda kind: of_properties(
        dict(properties, kind={"const": kind}), required | set(needs.get(kind, ())), most=2))


def of_properties(properties, required, most=4):
    optional = sorted(set(properties) - required)
    chosen = st.lists(st.sampled_from(optional), max_size=most, unique=True) if optional \
        else st.just([])
    return chosen.flatmap(lambda names: st.fixed_dictionaries(
        {name: fitting(properties[name]) for name in [*sorted(required), *names]
         if name in properties}))


def fitting(schema):
    """Values that the schema allows, or nearly."""
    schema = DESCRIPTION.resolve(schema)
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kinds = schema.get("type", "object")
    if isinstance(kinds, list):
        return st.one_of(*(fitting(dict(schema, type=kind)) for kind in kinds))
    if kinds == "object":
        return an_object(schema)
    if kinds == "array":
        return st.lists(fitting(schema["items"]), min_size=schema.get("minItems", 0), max_size=3)
    if kinds == "string" and schema.get("format") == "uuid":
        return st.uuids().map(str)
    return {"string": st.one_of(WORDS, TIMES), "integer": NUMBERS, "boolean": st.booleans(),
            "null": st.none()}[kinds]


@st.composite
def spoiled(draw, values):
    """A value with something else somewhere in it."""
    value = draw(values)
    if isinstance(value, dict) and value and draw(st.booleans()):
        key = draw(st.sampled_from(sorted(value)))
        return dict(value, **{key: draw(spoiled(st.just(value[key])))})
    if isinstance(value, list) and value and draw(st.booleans()):
        return [draw(spoiled(st.just(value[0]))), *value[1:]]
    if isinstance(value, dict) and draw(st.booleans()):
        return dict(value, **{draw(WORDS): draw(ANYTHING)})
    return draw(ANYTHING)


def mostly(right, wrong):
    return st.integers(0, 9).flatmap(lambda chance: wrong if chance == 9 else right)


def known(name, schema):
    values = fitting(schema)
    return mostly(st.sampled_from(KNOWN[name]), values) if name in KNOWN else values


def as_text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


@st.composite
def targets(draw, path, operation):
    for name, one in DESCRIPTION.parameters(operation, "path").items():
        value = as_text(draw(mostly(known(name, one["schema"]), WORDS)))
        path = path.replace("{" + name + "}", urllib.parse.quote(value, safe=""))
    query = []
    for name, one in DESCRIPTION.parameters(operation, "query").items():
        if draw(mostly(st.just(one.get("required", False)), st.booleans())):
            query.append((name, as_text(draw(mostly(known(name, one["schema"]), WORDS)))))
    if draw(st.integers(0, 15)) == 15:
        query.append((draw(WORDS), draw(WORDS)))
    return path + ("?" + urllib.parse.urlencode(query) if query else "")


@st.composite
def bodies(draw, operation):
    """(media type or None, bytes or None)"""
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return draw(mostly(st.just((None, None)), st.just(("application/json", b"{}"))))
    (media_type, media), = content.items()
    if media_type != "application/json":
        return media_type, draw(st.binary(max_size=200) | WORDS.map(str.encode))
    values = fitting(media["schema"])
    value = draw(mostly(values, spoiled(values)))
    text = json.dumps(value, ensure_ascii=draw(st.booleans()))
    body = draw(mostly(st.just(text.encode("utf-8", "replace")),
                       st.just(text[:-1].encode("utf-8", "replace")) | st.binary(max_size=50)))
    return draw(mostly(st.just(media_type), st.sampled_from(["text/html", None]))), body


OPERATIONS = [one for one in DESCRIPTION.operations() if one[2]["operationId"] not in RARE] * 12 \
    + [one for one in DESCRIPTION.operations() if one[2]["operationId"] in RARE]


@st.composite
def requests(draw):
    method, path, operation = draw(st.sampled_from(OPERATIONS))
    target = draw(targets(path, operation))
    media_type, body = draw(bodies(operation))
    if operation["operationId"] == "restore" and body and b"begin" in body:
        body = b'{"do":"end"}'  # the writers of the desk would wait for half a minute
    headers = {"Accept": draw(mostly(st.just("*/*"), st.sampled_from(
        ["application/json", "text/plain", "x;;,", "text/*;q=0", "application/*"])))}
    if operation["operationId"] == "getFeed":
        headers["Accept"] = "application/json"
    login = draw(st.sampled_from(PEOPLE))
    if login:
        headers["Atende-As"] = login
    if media_type:
        headers["Content-Type"] = media_type
    return method, target, headers, body, operation


def fault_of(operation, target, answer):
    """What is wrong with an answer, or None."""
    said = DESCRIPTION.response(operation, answer.status)
    if answer.status >= 500 or not said:
        return f"{answer.status} is not expected"
    if target.startswith("/v1") and answer.status < 300 and \
            not answer.headers.get("Atende-Directory"):
        return "no Atende-Directory"
    content = said.get("content", {})
    if not content:
        return answer.body and "a body where none is said"
    if answer.media_type not in content:
        return f"{answer.media_type} is not said"
    if not answer.media_type.endswith("json") or answer.media_type.endswith("ndjson"):
        return None
    value = json.loads(answer.body)
    if answer.status >= 400 and value["status"] != answer.status:
        return "another status inside"
    return DESCRIPTION.fault(content[answer.media_type]["schema"], value)


class Schema(unittest.TestCase):
    def test_requests(self):
        server = Server(os.environ["ATENDED_PROGRAM"], os.environ["ATENDE_PROGRAM"])
        seen = collections.Counter()

        @hypothesis.settings(max_examples=COUNT, deadline=None, database=None, derandomize=True,
                             suppress_health_check=list(hypothesis.HealthCheck))
        @hypothesis.given(requests())
        def check(request):
            method, target, headers, body, operation = request
            answer = server.ask(method, target, headers, body)
            seen[answer.status] += 1
            seen[f"{operation['operationId']} {'2xx' if answer.status < 300 else 'not'}"] += 1
            fault = fault_of(operation, target, answer)
            assert not fault, f"{fault}\n{answer.status} {answer.body[:2000]!r}"

        try:
            check()
        finally:
            server.stop()
        statuses = {key: number for key, number in seen.items() if isinstance(key, int)}
        print(f"# {sum(statuses.values())} requests: {dict(sorted(statuses.items()))}")
        never = {operation["operationId"] for _, _, operation in DESCRIPTION.operations()} - {
            key.split()[0] for key in seen if str(key).endswith("2xx")}
        print(f"# never answered by 2xx: {sorted(never)}")


if __name__ == "__main__":
    tap.main()
