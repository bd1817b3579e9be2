"""Judges the signature of a message on standard input by the public library dkimpy. Arguments: the name of a record and its text."""
import json
import sys

import dkim

name, record = sys.argv[1], sys.argv[2].encode()


def asked(wanted, timeout=5):
    return record if wanted.decode().rstrip(".") == name else None


verifier = dkim.DKIM(sys.stdin.buffer.read())
is_right = verifier.verify(dnsfunc=asked)
covered = [field.decode().lower() for field, _ in verifier.signed_headers] if is_right else []
print(json.dumps({"right": bool(is_right), "covered": covered}))
