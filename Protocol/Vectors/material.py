"""What the vectors are made of: the file that holds them, and the data of the messages."""

import hashlib
import json
import pathlib
import sys
import uuid

import cbor2

HERE = pathlib.Path(__file__).parent
MARK = b"\xa5the forged item"
MAX = 2**63 - 1
# The greatest number of a change-set or commit, and of rows.
LAST = 2**53 - 1
NOTHING = object()


def cbor(data):
    return cbor2.dumps(data, canonical=True)


def sha(data):
    return hashlib.sha256(data).digest()


def uid(text):
    return uuid.UUID(text).bytes


class Raw(bytes):
    """Bytes that stand for themselves, not for a byte string."""


class File:
    """One JSON file: the vectors of a few kinds."""

    def __init__(self, name, about):
        self.name, self.about = name, about
        self.valid, self.invalid, self.skipping = [], [], []

    def good(self, kind, name, data, meaning, **more):
        encoded = data if isinstance(data, bytes) else cbor(data)
        entry = {"kind": kind, "name": name, "hex": encoded.hex(), "meaning": meaning}
        self.valid.append(entry | more)
        return encoded

    def bad(self, kind, name, data, error, meaning, forged=NOTHING, at=None):
        """Bytes as they are, or data; `forged` takes the place of MARK in it."""
        encoded = data if isinstance(data, bytes) else cbor(data)
        if forged is not NOTHING:
            forged = forged if isinstance(forged, Raw) else cbor(forged)
            mark = cbor(MARK)
            assert encoded.count(mark) == 1, name
            at = encoded.index(mark) if at is None else at
            encoded = encoded.replace(mark, forged)
        assert at is not None, name
        at = len(encoded) if at == "end" else at
        self.invalid.append({
            "kind": kind, "name": name, "hex": encoded.hex(), "error": error, "at": at,
            "meaning": meaning})

    def skips(self, kind, name, data, plain, meaning):
        """A message with keys that version 1 reads over, and the same without them."""
        self.skipping.append({
            "kind": kind, "name": name, "hex": cbor(data).hex(), "as": cbor(plain).hex(),
            "meaning": meaning})

    def write(self, may_change):
        path = HERE / f"{self.name}.json"
        lists = {"valid": self.valid, "invalid": self.invalid, "skipping": self.skipping}
        for title, entries in lists.items():
            names = [(e["kind"], e["name"]) for e in entries]
            assert len(set(names)) == len(names), (self.name, title)
        assert len(self.invalid) >= len(self.valid), (self.name, len(self.valid), len(self.invalid))
        if path.exists() and not may_change:
            old = json.loads(path.read_text())
            for title, entries in lists.items():
                new = {(e["kind"], e["name"]): e for e in entries}
                for entry in old.get(title, []):
                    key = (entry["kind"], entry["name"])
                    if new.get(key) != entry:
                        sys.exit(f"{path.name}: {key} would change")
        document = {"about": self.about} | {k: v for k, v in lists.items() if v}
        path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
        print(f"{path.name}: {len(self.valid)} valid, {len(self.invalid)} invalid")


# What the messages are made of.

DEBTOR = "0190163d-8694-739b-aea5-966c26f8ad90"
ACCOUNT = "0190163d-8694-739b-aea5-966c26f8ad91"
PAYMENT = "01901640-0000-7000-8000-00000000000a"
EPOCH = bytes(range(16))
SALT = bytes(range(0x20, 0x30))
CHAIN = sha(b"chain")
HASH = sha(b"some change-set")
ZERO = bytes(32)
CURSOR = [EPOCH, 41, CHAIN]
START = [EPOCH, 0, ZERO]


def stamp(milliseconds, replica):
    return milliseconds << 20 | replica


NOW = 1_750_000_000_000
LEDGER = [22, uid(PAYMENT), [uid(ACCOUNT).hex(), 12_550, "EUR", None]]
RECORD = [21, uid(DEBTOR), None, [[3, stamp(NOW, 7), stamp(NOW - 1000, 2), ["+39 0835 1234"]]]]
BIRTH = [21, uid(DEBTOR), [stamp(NOW, 7), ["fixed", 5]],
         [[1, None, None, ["Rossi"]], [2, stamp(NOW + 1, 7), None, [None, -1]]]]
REFERENCE = [10, "MT-01", [stamp(NOW, 0), []], [[1, None, None, ["Matera"]]]]
UNREADABLE = [21, uid(DEBTOR), None, [[3, stamp(NOW, 7), None, None]]]


# Contents, as they stand on the wire: every short form by hand.

def run(length):
    """So many columns of a ledger row that are as in the row before."""
    return cbor2.CBORSimpleValue(length - 1)


def short(id, before):
    """A UUID without the leading bytes that it shares with the one before."""
    id, before = uid(id), uid(before)
    shared = next((i for i in range(15) if id[i] != before[i]), 15)
    return id[shared:]


UNIT_ID = cbor2.undefined
EVERYONE = [0, "", 10, "MT-01", {0: [[NOW, 0]], 1: "Matera"}]
WRITTEN = [21, uid(DEBTOR), 21, b"", {3: [[NOW, 7], True, [NOW - 1000, 2], "+39 0835 1234"]}]
GRANTED = [20, short(ACCOUNT, DEBTOR), 22, uid(PAYMENT), [uid(ACCOUNT).hex(), 12_550, "EUR", None]]
EMPTY = [[], [], []]
CONTENT = [[EVERYONE, WRITTEN], [GRANTED], []]


def at(index, item, data):
    """`data` with `item` in place of the element at `index` (a path of indexes and keys)."""
    first, *rest = index
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[first] = at(rest, item, data[first]) if rest else item
    return copy


def without(key, data):
    return {k: v for k, v in data.items() if k != key}
