"""validate.py SCHEMA DOCUMENT…: one line a document, "ok" or what is wrong; 1 if any is wrong.

Needs python3-jsonschema.
"""
import json
import sys

import jsonschema


def main(schema_path, *documents):
    with open(schema_path) as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    wrong = 0
    for path in documents:
        with open(path) as file:
            error = next(validator.iter_errors(json.load(file)), None)
        where = "/".join(str(step) for step in error.absolute_path) if error else ""
        print(f"{where or 'document'}: {error.message.splitlines()[0]}" if error else "ok")
        wrong += error is not None
    return 1 if wrong else 0


sys.exit(main(*sys.argv[1:]))
