#!/usr/bin/env python3
"""Writes the vectors beside this file, from Specification/wire.md and plain Python data.

    pip install cbor2
    python3 generate.py            writes new vectors; refuses to change one that is there
    python3 generate.py --change   writes all anew (not for version 1, which is set)

No byte comes from Rientro's own code: bytes are cbor2's (canonical) or written by hand, hashes are
hashlib's. An invalid vector is a valid message with one item, MARK, replaced by forged bytes.
"""

import datetime
import json
import sys
import uuid

from contents import contents
from material import DEBTOR, HERE, NOW, PAYMENT, cbor, sha, stamp, uid
from messages import messages
from structures import change_sets, outcomes, rows, values


def answers():
    """Known answers of the functions that are not decoders: inputs, and what they give."""
    def digest(table, id, values, stamps):
        sum_ = sha(cbor([table, id, values, stamps]))[:16]
        return {"low": str(int.from_bytes(sum_[:8], "little")),
                "high": str(int.from_bytes(sum_[8:], "little"))}

    def derived(data):
        bits = int.from_bytes(sha(data)[:16], "big")
        bits = bits & ~(0xF << 76) | 8 << 76
        bits = bits & ~(0x3 << 62) | 2 << 62
        return str(uuid.UUID(int=bits))

    def exists(text):
        try:
            return datetime.date.fromisoformat(text).isoformat() == text
        except ValueError:
            return False

    years = [1, 4, 100, 400, 1900, 1999, 2000, 2023, 2024, 2100, 9999]
    dates = [f"{y:04}-{m:02}-{d:02}" for y in years for m in (0, 1, 2, 4, 9, 12, 13)
             for d in (0, 1, 28, 29, 30, 31, 32)]
    return {
        "about": "Known answers of SHA-256 (of the bytes 0, 7, 14 ... mod 256, by hashlib), digests, ids, "
                 "token hashes and dates (Python's datetime).",
        "sha256": [{"length": length, "hash": sha(bytes(i * 7 % 256 for i in range(length))).hex()}
                   for length in range(201)],
        "datesThatExist": " ".join(d for d in dates if exists(d)),
        "datesThatDoNot": " ".join(d for d in dates if not exists(d)),
        "rowDigests": [
            {"name": "ledger row", "table": 22, "id": PAYMENT,
             "values": cbor([12_550, "EUR", None]).hex(), "stamps": [],
             **digest(22, uid(PAYMENT), [12_550, "EUR", None], [])},
            {"name": "record row", "table": 21, "id": DEBTOR, "values": cbor(["Rossi", -1]).hex(),
             "stamps": [stamp(NOW, 7), stamp(NOW + 1, 2)],
             **digest(21, uid(DEBTOR), ["Rossi", -1], [stamp(NOW, 7), stamp(NOW + 1, 2)])},
            {"name": "reference row", "table": 10, "id": "MT-01", "values": cbor([b"\x01"]).hex(),
             "stamps": [0], **digest(10, "MT-01", [b"\x01"], [0])},
        ],
        "derivedIDs": [{"hex": data.hex(), "id": derived(data)}
                       for data in [b"", b"conflict", bytes(range(200))]],
        "tokenHashes": [{"token": token.hex(), "hash": sha(b"login" + token).hex()}
                        for token in [bytes(32), bytes(range(32))]],
    }


def main():
    may_change = "--change" in sys.argv[1:]
    for file in [values(), rows(), contents(), change_sets(), outcomes(), messages()]:
        file.write(may_change)
    path = HERE / "answers.json"
    new = answers()
    if path.exists() and not may_change and json.loads(path.read_text()) != new:
        sys.exit(f"{path.name} would change")
    path.write_text(json.dumps(new, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
