"""The wire as a stranger writes it: from Protocol/Specification and openapi.yaml alone, with cbor2."""

import datetime
import hashlib
import os
import re
import socket
import time
import uuid

import cbor2

STAMP_MAX = 2**63 - 1
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(r"[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}\.[0-9]{3}Z")
EPOCH = datetime.datetime(1970, 1, 1)


class Raw(bytes):
    """CBOR that is written as it stands."""


def cbor(data):
    """Deterministic CBOR (wire.md, section 1), or, within `Raw`, whatever one likes."""
    if isinstance(data, Raw):
        return bytes(data)
    if isinstance(data, (list, tuple)):
        return head(4, len(data)) + b"".join(cbor(item) for item in data)
    if isinstance(data, dict):
        pairs = sorted((cbor(key), cbor(value)) for key, value in data.items())
        return head(5, len(pairs)) + b"".join(key + value for key, value in pairs)
    return cbor2.dumps(data, canonical=True)


def head(major, count):
    bytes_ = bytearray(cbor2.dumps(count))
    bytes_[0] |= major << 5
    return bytes(bytes_)


def sha(data):
    return hashlib.sha256(data).digest()


def uid(text):
    return uuid.UUID(text).bytes


def new_id(milliseconds=None):
    """A UUIDv7 (RFC 9562, 5.7) as text."""
    now = int(time.time() * 1000) if milliseconds is None else milliseconds
    data = bytearray(now.to_bytes(6, "big") + os.urandom(10))
    data[6] = data[6] & 0x0F | 0x70
    data[8] = data[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(data)))


def stamp(milliseconds, replica):
    return milliseconds << 20 | replica


def shortened(id_, before):
    """An id as it travels behind another one: without the bytes that both begin with."""
    data = uid(id_)
    if before is None:
        return data
    shared = next((i for i in range(15) if data[i] != before[i]), 15)
    return data[shared:]


def form(value, unit_id, row_id):
    """A value in a content (wire.md, section 3)."""
    if not isinstance(value, str):
        return value
    if value == unit_id:
        return cbor2.undefined
    if UUID.fullmatch(value):
        return cbor2.CBORTag(37, uid(value))
    try:
        if INSTANT.fullmatch(value) and uuid.UUID(row_id).version == 7:
            moment = datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ")
            since = (moment - EPOCH) // datetime.timedelta(milliseconds=1)
            return [since - int.from_bytes(uid(row_id)[:6], "big")]
        if DATE.fullmatch(value):
            return cbor2.CBORTag(100, (datetime.date.fromisoformat(value) - EPOCH.date()).days)
    except ValueError:
        # A day that does not exist is a text like any other.
        pass
    return value


def runs(forms, before):
    """A ledger row's columns, with runs in place of what is as in the row before."""
    parts, index = [], 0
    while index < len(forms):
        length = 0
        while (before is not None and length < 20 and index + length < min(len(forms), len(before))
               and forms[index + length] == before[index + length]
               and len(forms[index + length]) <= 64):
            length += 1
        if length:
            parts.append(Raw(cbor2.dumps(cbor2.CBORSimpleValue(length - 1))))
        else:
            parts.append(Raw(forms[index]))
        index += max(length, 1)
    return parts


class Content:
    """A content with changes only, written in its short forms."""

    def __init__(self):
        self.units = {}

    def ledger(self, unit, table, id_, values):
        """A ledger row of all its columns, in the order of their numbers."""
        self.units.setdefault(unit, []).append((table, id_, values))
        return self

    def record(self, unit, table, id_, map_):
        """A record row, whose map is written as it stands."""
        self.units.setdefault(unit, []).append((table, id_, dict(map_)))
        return self

    def encoded(self):
        units, row_table, last_unit, last_row, unit_table, before = [], None, None, None, None, {}
        for (table, unit), rows in sorted(self.units.items()):
            items = [] if table == unit_table else [table]
            unit_table = table
            items.append(shortened(unit, last_unit))
            last_unit = uid(unit)
            for row, id_, content in rows:
                if row != row_table:
                    items.append(row)
                row_table = row
                if id_ == unit:
                    items.append(b"")
                else:
                    items.append(shortened(id_, last_row))
                    last_row = uid(id_)
                if isinstance(content, dict):
                    items.append(content)
                else:
                    forms = [cbor(form(value, unit, id_)) for value in content]
                    items.append(runs(forms, before.get(row)))
                    before[row] = forms
            units.append(items)
        return cbor([units, [], []])


class Answer:
    """What came back: status, fields in lower case, body."""

    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    @property
    def message(self):
        return cbor2.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:160]!r}"


class Connection:
    """One connection, by hand: whoever writes the head decides what stands in it."""

    def __init__(self, port, seconds=60):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)
        self.rest = b""

    def send(self, data):
        self.socket.sendall(data)

    def close(self):
        self.socket.close()

    def ask(self, method, target, fields=(), body=None):
        lines = [f"{method} {target} HTTP/1.1", "Host: centre"]
        lines += [f"{name}: {value}" for name, value in fields]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + (body or b""))
        return self.answer(method)

    def answer(self, method="GET"):
        """The next answer; None where the other side has ended without one."""
        while b"\r\n\r\n" not in self.rest:
            more = self.socket.recv(1 << 16)
            if not more:
                return None
            self.rest += more
        top, _, rest = self.rest.partition(b"\r\n\r\n")
        first, *lines = top.decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in
                  (line.partition(":") for line in lines)}
        length = 0 if method == "HEAD" else int(fields.get("content-length", 0))
        while len(rest) < length:
            more = self.socket.recv(1 << 16)
            if not more:
                return None
            rest += more
        self.rest = rest[length:]
        return Answer(int(first.split()[1]), fields, rest[:length])
