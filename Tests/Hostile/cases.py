"""What a hostile office tries, and what must come of it. Each case is a claim."""

import os
import time
import urllib.parse

import cbor2

from office import MESSAGE, ZERO, text
from wire import Connection, Content, Raw, cbor, new_id, sha
from world import EDGES, expect, told

CASES = []


def case(claim):
    def add(body):
        CASES.append((claim, body))
        return body
    return add


# Numbers.

FIELDS = {0: "version", 1: "schema version", 2: "replica", 4: "outcomes merged",
          8: "bytes in the answer", 65: "proven", 3: "head", 5: "cursor"}


def numbered(key, number, office):
    if key == 3:
        return [number, os.urandom(32)]
    if key == 5:
        return [[office.cursor[0], number, os.urandom(32)]]
    return number


for key_, field_ in FIELDS.items():
    @case(f"a number at any end of its range as {field_} of a sync stops nothing")
    def sync_number(world, key=key_):
        office = world.office()
        for number in EDGES:
            answer = office.sync(**{f"k{key}": numbered(key, number, office)})
            expect(answer, 200, 400, 403, 409, 426)
            if not -2**63 <= number < 2**63:
                expect(answer, 400, 426)
        expect(office.sync(), 200)


@case("seconds to wait beyond fifty are refused, and so is a default that is written")
def wait_number(world):
    office = world.office()
    for number in EDGES:
        if number != 1:
            expect(office.sync(k9=number), 400)
    expect(office.sync(k9=51), 400)


@case("a change-set of any number and any cursor is refused or found to be none of the next")
def set_number(world):
    office = world.office()
    for number in [n for n in EDGES if n != 1]:
        set_, _ = office.sealed(office.note(world.accounts[0]), number=number or Raw(b"\x00"))
        answer = expect(office.sync([set_]), 200, 400)
        if answer.status == 200:
            assert all(outcome[1] in (2, 3) for outcome in answer.message[3]), answer
    for commit in EDGES:
        cursor = [office.cursor[0], commit, os.urandom(32)]
        outcome = office.push(office.note(world.accounts[0], f"{commit}"), cursor=cursor)
        if not isinstance(outcome, list):
            expect(outcome, 400, 409)


@case("two offices that both tell the greatest head stop nothing")
def greatest_heads(world):
    for office in [world.office(), world.office()]:
        for number in [2**63 - 1, 2**53 - 1]:
            expect(office.sync(k3=[number, os.urandom(32)]), 200, 400)


@case("a stamp of any time is corrected or refused, and what another office writes then stands")
def stamp_time(world):
    office, account = world.office(), world.accounts[1]
    for index, milliseconds in enumerate(EDGES):
        outcome = office.push(office.status(account, "disputed", milliseconds=milliseconds))
        if not isinstance(outcome, list):
            expect(outcome, 400)
        word = ["in_work", "promised"][index % 2]
        assert world.later(account, word), f"{milliseconds}: {outcome}"


@case("an amount at any end of its range is taken or refused, and never stops the centre")
def amounts(world):
    office, account = world.office(), world.accounts[2]
    for number in EDGES:
        outcome = office.push(office.payment(account, number))
        if not -2**53 <= number <= 2**53:
            assert told(outcome), f"{number}: {outcome}"


@case("numbers of a query are read as the page says, and nobody else's portfolio is answered")
def queries(world):
    office = world.office()
    for number in EDGES + [65_535, 65_536]:
        for route in ["digest", "rows"]:
            expect(office.get(f"/v1/{route}?table={number}&id=x"), 400, 403, 404)
    table = office.number_of("account")
    expect(office.get(f"/v1/digest?table={table}&portfolio={world.elsewhere}"), 403)
    account = world.stranger.ids("account")[0]
    for portfolio in [world.here, world.elsewhere, ""]:
        answer = office.get(f"/v1/rows?table={table}&portfolio={portfolio}&id={account}")
        assert answer.status in (403, 404) or answer.message[0] == [], answer
    for bound in ["%00", "A" * 17, "0190163D-8694-739B-AEA5-966C26F8AD91", "é"]:
        quoted = urllib.parse.quote(bound, safe="%")
        expect(office.get(f"/v1/digest?table={table}&from={quoted}"), 400)


@case("a range of a snapshot at any end of its range is a piece, the whole, or 416")
def ranges(world):
    office = world.office()
    for number in EDGES + [10**30]:
        if number >= 0:
            for text in [f"bytes={number}-", f"bytes=0-{number}", f"bytes={number}-{number}"]:
                expect(office.get("/v1/snapshot", [("Range", text)]), 200, 206, 416)
    theirs = world.stranger.get("/v1/snapshot", [("Range", "bytes=0-0")]).fields["etag"]
    expect(office.get("/v1/snapshot", [("If-Match", theirs)]), 412)


# Authors.

@case("a stamp with another office's number, or the centre's, is not taken")
def forged_author(world):
    office, account = world.office(), world.accounts[0]
    now = int(time.time() * 1000)
    for author in [0, world.witness.number, office.number + 1_000, 2**20 - 1, 2**20, -1]:
        outcome = office.push(office.status(account, "disputed", author=author, milliseconds=now))
        assert told(outcome), f"{author}: {outcome}"
    assert "disputed" not in repr(world.witness.row("account", account))


@case("under another's own stamp no other value is taken")
def same_stamp(world):
    office, account = world.office(), world.accounts[0]
    now = int(time.time() * 1000)
    outcome = world.witness.push(world.witness.status(account, "in_work", milliseconds=now))
    assert outcome[1:] == [0, []], outcome
    forged = office.status(account, "promised", author=world.witness.number, milliseconds=now)
    assert told(office.push(forged))
    assert "in_work" in repr(world.witness.row("account", account))


@case("a change-set in another office's name is foreign")
def forged_set(world):
    office = world.office()
    set_, _ = office.sealed(office.note(world.accounts[0]), office=world.witness.number)
    answer = expect(office.sync([set_]), 200, 400)
    assert answer.status == 400 or [o[1] for o in answer.message[3]] == [3], answer


@case("a request with another's number, or without a token, is answered with no word of theirs")
def forged_request(world):
    office = world.office()
    expect(office.sync(k2=world.witness.number), 403)
    expect(office.ask("POST", "/v1/sync", MESSAGE, cbor(office.request()), known=False), 401)
    expect(office.ask("GET", "/v1/snapshot", known=False), 401)


# References and units.

@case("a payment takes back none but a payment of its own account")
def reversals(world):
    office, account = world.office(), world.accounts[0]
    theirs, own, other = new_id(), new_id(), new_id()
    stranger = world.stranger
    assert stranger.push(stranger.payment(stranger.ids("account")[0], 7_000, id_=theirs))[1] == 0
    assert office.push(office.payment(world.accounts[1], 7_000, id_=other))[1] == 0
    for id_, target in [(new_id(), theirs), (new_id(), other), (own, own), (new_id(), ""),
                        (new_id(), "x"), (new_id(), "0" * 36)]:
        outcome = office.push(office.payment(account, -7_000, id_=id_, reverses_id=target))
        assert told(outcome), f"{target}: {outcome}"
    portfolio = [world.elsewhere]
    assert stranger.row("payment", theirs, *portfolio) is not None


@case("a row is taken only under an account of the office's own portfolios")
def foreign_unit(world):
    office = world.office()
    account, theirs = world.accounts[0], world.stranger.ids("account")[0]
    assert told(office.push(office.note(theirs)))
    number = office.number_of("contact_attempt")
    values = office.values("contact_attempt", account_id=theirs, channel="phone", outcome="NA")
    disguised = Content().ledger((office.number_of("account"), account), number, new_id(), values)
    assert told(office.push(disguised))
    word = office.status(theirs, "in_work")
    assert told(office.push(word))


@case("a row that is there is not written a second time with other content")
def changed_ledger(world):
    office, account, id_ = world.office(), world.accounts[0], new_id()
    assert office.push(office.note(account, "first", id_=id_))[1:] == [0, []]
    assert told(office.push(office.note(account, "second", id_=id_)))
    assert told(office.push(office.note(world.accounts[1], "first", id_=id_)))
    assert "first" in repr(world.witness.row("contact_attempt", id_))


@case("a row that the centre made is not born again, whatever its stamp")
def born_again(world):
    office = world.office()
    for name in ["contact_point", "account", "debtor"]:
        table = office.table(name)
        id_ = office.ids(name)[0]
        before = world.witness.row(name, id_)
        fixed = [c for c in table["columns"]
                 if not any(c["name"] in r.get("columns", [r["name"]]) for r in table["registers"])]
        unit = unit_of(world, office, name, id_, before)
        for milliseconds in [0, 1, int(time.time() * 1000)]:
            birth = [[milliseconds, office.number]] + ["forged" for _ in fixed]
            office.push(Content().record(unit, table["number"], id_, {0: birth}))
            after = world.witness.row(name, id_)
            assert after == before, f"{name} at {milliseconds}: {before} became {after}"


def unit_of(world, office, name, id_, row):
    """The unit that a row is under: itself, or the debtor that its first column names."""
    if name != "contact_point":
        return office.number_of(name), id_
    answer = office.get("/v1/rows?" + urllib.parse.urlencode(
        {"table": office.number_of(name), "portfolio": world.here, "id": id_}))
    return office.number_of("debtor"), text(answer.message[0][0][1])


@case("codes, currencies and moments in odd forms are refused, and take nothing with them")
def odd_values(world):
    office, account = world.office(), world.accounts[3]
    for currency in ["<b>", "\x1b[2J", "", "eur", "EURO", "E\0R"]:
        assert told(office.push(office.payment(account, 5, currency=currency))), repr(currency)
    for moment in ["30/11/2026 10:00", "1764500000000", "", "2026-02-30T10:00:00.000Z"]:
        assert told(office.push(office.note(account, started_at=moment))), repr(moment)
    content = office.note(account, "kept", id_=(id_ := new_id()))
    office.note(account, "not kept", content=content, outcome="NOWHERE")
    assert told(office.push(content))
    assert world.witness.row("contact_attempt", id_) is not None


@case("what is no CBOR of the profile is refused with its place, and nothing of it is applied")
def malformed(world):
    office = world.office()
    good = cbor(office.request())
    for body in [b"", b"\xff", good[:-1], good + b"\0", b"\x9f" * 5_000, b"\x81" * 100_000,
                 b"\xbf", b"\xfb" + bytes(8), b"\xa1\x00\x18\x01", b"\x5b" + b"\xff" * 8]:
        expect(office.post("/v1/sync", body), 400, 426)
    bomb = [[office.number_of("account"), b"", *([1] * 50_000)]]
    assert told(office.push(cbor([bomb, [], []])))


# Enrolment and succession.

@case("another office's token hash or incarnation gives no number, and no failure of the server")
def taken_hash(world):
    code = world.codes[world.here].pop()
    other = world.office()
    for request in [{0: 1, 1: code, 2: sha(b"login" + other.token), 3: os.urandom(16)},
                    {0: 1, 1: code, 2: os.urandom(32), 3: other.incarnation}]:
        expect(other.post("/v1/enrol", request, known=False), 400, 403, 409)
    renumber = {0: 1, 1: other.number, 2: other.head, 3: sha(b"login" + world.witness.token),
                4: os.urandom(16)}
    expect(other.post("/v1/renumber", renumber), 400, 403, 409)
    expect(other.sync(), 200)


@case("new numbers come to an end: 429 with Retry-After")
def succession(world):
    office = world.office()
    for _ in range(200):
        token = os.urandom(32)
        answer = office.post("/v1/renumber", {
            0: 1, 1: office.number, 2: office.head, 3: sha(b"login" + token), 4: os.urandom(16)})
        if answer.status == 429:
            assert int(answer.fields["retry-after"]) > 0, answer
            break
        expect(answer, 200)
        office.number, office.token = answer.message[1], token
    else:
        raise AssertionError("200 numbers in a row")
    expect(office.sync(k3=[0, ZERO]), 200)


@case("a new number of any head is given once, and asked again it is the same")
def renumber_number(world):
    office = world.office()
    for number in EDGES:
        request = {0: 1, 1: office.number, 2: [number, os.urandom(32)], 3: os.urandom(32),
                   4: os.urandom(16)}
        answer = expect(office.post("/v1/renumber", request), 200, 400, 429)
        if answer.status == 200:
            again = expect(office.post("/v1/renumber", request), 200)
            assert again.message[1] == answer.message[1]


# HTTP.

@case("HEAD is answered without a body, also where it is refused")
def head(world):
    office = world.office()
    for target in ["/healthz", "/v1/digest", "/nowhere", "/" + "a" * 3_000, "no-slash", "/%zz"]:
        connection = Connection(world.port)
        connection.send(f"HEAD {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        answer = connection.answer("HEAD")
        assert answer is not None and connection.rest == b"", (target, connection.rest)
        try:
            assert connection.socket.recv(1) == b"", target
        except ConnectionResetError:
            pass
        connection.close()
    expect(office.sync(), 200)


@case("extensions of chunks are read over, and their number is bounded")
def chunks(world):
    office = world.office()
    body = cbor(office.request())
    half = len(body) // 2
    for extension, status in [(b";a=b", 200), (b' ; name="x;y"', 200), (b";" + b"a" * 9_000, 400)]:
        connection = Connection(world.port)
        connection.send(
            b"POST /v1/sync HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
            + b"".join(f"{n}: {v}\r\n".encode() for n, v in MESSAGE + office.bearer) + b"\r\n"
            + b"".join(b"%x%s\r\n%s\r\n" % (len(part), extension, part)
                       for part in [body[:half], body[half:]]) + b"0\r\n\r\n")
        expect(connection.answer(), status)
        connection.close()


@case("a large body is refused at its head where its sender is not known")
def unknown_body(world):
    for fields in [[], [("Authorization", "Bearer " + "0" * 64)]]:
        connection = Connection(world.port)
        lines = [("Content-Length", str((5 << 20) - 1))] + MESSAGE + fields
        connection.send(b"POST /v1/sync HTTP/1.1\r\nHost: a\r\n"
                        + b"".join(f"{n}: {v}\r\n".encode() for n, v in lines) + b"\r\n")
        # Not a byte of the body was sent.
        expect(connection.answer(), 401)
        connection.close()


@case("a key from 64 on is read over, whatever it holds within the profile")
def later_keys(world):
    office = world.office()
    for value in [None, 2**63 - 1, -2**63, "x" * 100_000, [[]] * 100, {1: {2: []}}]:
        expect(office.sync(k64=value if value is not None else Raw(cbor2.dumps(None))), 200)
