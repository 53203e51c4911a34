"""doc/openapi.yaml, read for tests."""

import jsonschema
import yaml

METHODS = ("get", "put", "post", "delete")


class Description:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = yaml.safe_load(file)
        self.resolver = jsonschema.RefResolver.from_schema(self.document)

    def resolve(self, node):
        while isinstance(node, dict) and "$ref" in node:
            node = self.resolver.resolve(node["$ref"])[1]
        return node

    def operations(self):
        """(METHOD, path, operation) of each."""
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                yield method.upper(), path, operation

    def parameters(self, operation, where):
        found = (self.resolve(one) for one in operation.get("parameters", ()))
        return {one["name"]: one for one in found if one["in"] == where}

    def response(self, operation, status):
        """What is said of a status, or None."""
        responses = operation["responses"]
        named = responses.get(str(status)) or responses.get(f"{status // 100}XX")
        return self.resolve(named)

    def fault(self, schema, value):
        """The first way in which a value is not what the schema says, or None."""
        validator = jsonschema.Draft202012Validator(schema, resolver=self.resolver)
        error = jsonschema.exceptions.best_match(validator.iter_errors(value))
        return error and f"{'/'.join(map(str, error.absolute_path))}: {error.message}"


def nodes(node, path=""):
    """Every node of a tree of lists and dictionaries, with its place."""
    yield path, node
    items = node.items() if isinstance(node, dict) else enumerate(node) \
        if isinstance(node, list) else ()
    for key, value in items:
        yield from nodes(value, f"{path}/{key}")
