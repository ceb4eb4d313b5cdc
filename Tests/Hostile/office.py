"""One office of the hostile client: a number, a token, and requests by the specification."""

import datetime
import json
import os
import time
import urllib.parse
import uuid

from wire import Connection, Content, cbor, new_id, sha

ZERO = bytes(32)
MESSAGE = [("Content-Type", "application/cbor")]


class Office:
    def __init__(self, port, code=None, *, token=None, number=None, schema=None):
        self.port, self.connection = port, None
        self.token = token or os.urandom(32)
        self.incarnation = os.urandom(16)
        self.number, self.schema, self.head = number, schema, [0, ZERO]
        if code is not None:
            answer = self.post("/v1/enrol", self.enrolment(code), known=False)
            assert answer.status == 200, f"enrolment: {answer}"
            self.take(answer.message)
        self.cursor = self.get("/v1/digest").message[1]

    def take(self, enrolled):
        self.number, self.portfolios = enrolled[1], enrolled[3]
        self.schema = json.loads(enrolled[4])

    def enrolment(self, code):
        return {0: 1, 1: code, 2: sha(b"login" + self.token), 3: self.incarnation}

    # Requests.

    @property
    def bearer(self):
        return [("Authorization", "Bearer " + self.token.hex())]

    def ask(self, method, target, fields=(), body=None, known=True):
        """Asks on the connection that is kept, or on a new one where that has ended."""
        fields = list(fields) + (self.bearer if known else [])
        for _ in range(2):
            if self.connection is None:
                self.connection = Connection(self.port)
            try:
                answer = self.connection.ask(method, target, fields, body)
            except (BrokenPipeError, ConnectionResetError):
                answer = None
            if answer is None or answer.fields.get("connection") == "close":
                self.connection.close()
                self.connection = None
            if answer is not None:
                return answer
        raise AssertionError(f"no answer to {method} {target}")

    def get(self, target, fields=()):
        return self.ask("GET", target, fields)

    def post(self, target, message, known=True):
        body = message if isinstance(message, bytes) else cbor(message)
        return self.ask("POST", target, MESSAGE, body, known)

    def request(self, sets=(), **keys):
        """A sync request; `keys` such as k9=30 take the place of what it would say."""
        message = {0: 1, 1: self.schema["version"], 2: self.number, 3: self.head,
                   5: [self.cursor], 6: self.portfolios}
        if sets:
            message[7] = list(sets)
        message |= {int(key[1:]): value for key, value in keys.items()}
        return {key: value for key, value in message.items() if value is not None}

    def sync(self, sets=(), **keys):
        return self.post("/v1/sync", self.request(sets, **keys))

    # Change-sets.

    def sealed(self, content, *, number=None, previous=None, office=None, cursor=None, names=()):
        """The next change-set with this content; the head is not moved."""
        data = content.encoded() if isinstance(content, Content) else content
        salt = os.urandom(16)
        set_ = [office or self.number, number or self.head[0] + 1,
                self.head[1] if previous is None else previous, cursor or self.cursor,
                list(names), salt, data]
        digest = sha(cbor(["rientro change-set", *set_[:5], sha(salt + data)]))
        return cbor(set_), [set_[1], digest]

    def push(self, content, **changes):
        """Sends a content as the next change-set; the outcome, or the answer where it was refused."""
        set_, head = self.sealed(content, **changes)
        # Else the answer tells of all that came before, the oldest first.
        answer = self.sync([set_], k3=head, k4=self.head[0] or None)
        if answer.status != 200:
            return answer
        outcome = next(o for o in answer.message[3] if o[0] == head[0])
        if outcome[1] in (0, 1):
            self.head = head
        return outcome

    # The trade's tables, as the schema tells them.

    def table(self, name):
        return next(t for t in self.schema["tables"] if t["name"] == name)

    def number_of(self, name):
        return self.table(name)["number"]

    def ids(self, name, portfolio=None):
        """The ids of rows of a table, by the ranges of its digest."""
        found, ranges = [], [("", "")]
        while ranges:
            low, high = ranges.pop()
            query = {"table": self.number_of(name), "portfolio": portfolio or self.portfolios[0]}
            query |= {"from": low} if low else {}
            query |= {"to": high} if high else {}
            message = self.get("/v1/digest?" + urllib.parse.urlencode(query)).message
            found += [text(row[0]) for row in message.get(3, [])]
            ranges += [(text(p[0]), text(p[1])) for p in message.get(2, []) if p[2]]
        return sorted(found)

    def row(self, name, id_, portfolio=None):
        """A row as the centre has it: the item behind its id in the content; None where it is not."""
        answer = self.get("/v1/rows?" + urllib.parse.urlencode(
            {"table": self.number_of(name), "portfolio": portfolio or self.portfolios[0],
             "id": id_}))
        assert answer.status == 200, answer
        units = answer.message[0]
        return units[0][-1] if units else None

    def values(self, name, **given):
        """The columns of a ledger row: those given, else what the schema has as their default."""
        return [given[c["name"]] if c["name"] in given else default(c)
                for c in self.table(name)["columns"]]

    def payment(self, account, amount=1, *, id_=None, **given):
        return Content().ledger(
            (self.number_of("account"), account), self.number_of("payment"), id_ or new_id(),
            self.values("payment", account_id=account, amount=amount, **given))

    def note(self, account, text_="called", *, id_=None, content=None, **given):
        values = {"channel": "phone", "outcome": "NA", "note": text_, **given}
        return (content or Content()).ledger(
            (self.number_of("account"), account), self.number_of("contact_attempt"),
            id_ or new_id(), self.values("contact_attempt", account_id=account, **values))

    def register(self, table, name):
        """The number of a register, and how many columns it has."""
        found = next(r for r in self.table(table)["registers"] if r["name"] == name)
        return found["number"], len(found.get("columns", [name]))

    def status(self, account, value, *, author=None, milliseconds=None, base=None):
        """A write of an account's status, with a stamp of one's choice."""
        now = int(time.time() * 1000) if milliseconds is None else milliseconds
        stamp_ = [now, self.number if author is None else author]
        register, columns = self.register("account", "status")
        values = [value] + [None] * (columns - 1)
        write = [stamp_, *values] if base is None else [stamp_, True, base, *values]
        number = self.number_of("account")
        return Content().record((number, account), number, account, {register: write})


def text(id_):
    """An id as a query has it."""
    return str(uuid.UUID(bytes=id_)) if isinstance(id_, bytes) else id_


def default(column):
    given = column.get("default", {})
    if "text" in given:
        return given["text"]
    if "integer" in given:
        return given["integer"]
    if given.get("today"):
        return datetime.date.today().isoformat()
    if given.get("now"):
        now = datetime.datetime.now(datetime.timezone.utc)
        return now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03}Z"
    return None


def refused(outcome):
    """The reasons of an outcome's items, those of corrected stamps left out."""
    return [item[3] for item in outcome[2] if item[3] is not None]

