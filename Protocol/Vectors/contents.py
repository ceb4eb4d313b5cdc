"""The vectors of contents: units with their rows, each said in relation to what stands before."""

import datetime

import cbor2

from material import (
    ACCOUNT, CONTENT, DEBTOR, EMPTY, MARK, NOW, UNIT_ID, File, Raw, at, cbor, run, short, uid)

KIND = "content"
# UUIDs of version 7 that begin with NOW, and one of version 8.
FIRST, SECOND, THIRD = (
    f"{NOW + late:012x}"[:8] + "-" + f"{NOW + late:012x}"[8:] + f"-7000-8000-0000000000{last}"
    for late, last in [(0, "01"), (1, "02"), (70_000, "03")])
EIGHTH = "01901640-0000-8000-8000-00000000000a"
TABLE = 31
LONG = "x" * 63


def instant(milliseconds):
    moment = datetime.datetime.fromtimestamp(milliseconds // 1000, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03}Z"


def day(text):
    return cbor2.CBORTag(
        100, (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days)


def uuid_tag(text):
    return cbor2.CBORTag(37, uid(text))


def changes(*units):
    return [list(units), [], []]


def rows(*items):
    """An account's unit with `items` behind its id."""
    return changes([22, uid(ACCOUNT), *items])


def ledger(values, id=FIRST):
    return rows(TABLE, uid(id), values)


def two(first, second):
    return rows(TABLE, uid(FIRST), first, short(SECOND, FIRST), second)


def record(map, id=b""):
    return rows(22, id, map)


def contents():
    file = File("contents", "The contents of parts: units with their rows in their short forms.")
    good(file)
    for group in [bad_units, bad_ids, bad_runs, bad_values, bad_records]:
        group(file)
    return file


def good(file):
    def one(name, data, meaning):
        file.good(KIND, name, data, meaning)

    one("empty", EMPTY, "no changes, no grants, no revocations")
    one("three units", CONTENT, "everyone's, a debtor's, and an account's as a grant")
    one("grant without rows", [[], [[20, uid(ACCOUNT)]], []], "an empty grant")
    one("every kind", [[[22, uid(ACCOUNT)]], [[21, b"\x91"]], [[20, b"\x91"], [b"\x92"]]],
        "an account's, a debtor's, and two that are revoked; ids share 15 bytes at most")
    one("units of one table", changes([22, uid(DEBTOR)], [short(ACCOUNT, DEBTOR)], [uid(EIGHTH)[3:]]),
        "the table is said once")
    one("unit with a key", changes([22, "A", 22, b"", [UNIT_ID, "B"]]), "empty bytes stand for it")
    one("rows", rows(22, b"", {9: [[NOW, 7], "anna"]}, TABLE, uid(FIRST), [UNIT_ID, 1],
                     short(THIRD, FIRST), [run(1), 2], 22, b"", [], TABLE, short(SECOND, THIRD),
                     [run(2)]),
        "a table where it changes; a row's UUID after the last that was not its unit's")
    one("same id twice", rows(22, uid(FIRST), [], TABLE, b"\x01", []), "15 bytes are left out")
    values = [UNIT_ID, uuid_tag(DEBTOR), day("2026-11-21"), [0], [-5], "no date", None, -1, b"\0"]
    one("short forms", ledger(values), "unit, UUID, date, two instants, and what has none")
    one("no short forms",
        ledger(["0190163D-8694-739B-AEA5-966C26F8AD90", "2026-02-30", "0000-01-01",
                instant(NOW)[:-1] + "z", instant(NOW)[:19] + "Z", "2026-11-21T24:00:00.000Z"]),
        "upper case, no such day, year 0, and other forms of an instant")
    one("two notes",
        changes([22, uid(ACCOUNT), 31, bytes.fromhex("019774b46400700080000000000000aa"),
                 [UNIT_ID, "phone", "NA", None, [0], "anna"],
                 bytes.fromhex("01700080000000000000ab"), [run(2), "PTP", run(3)]]),
        "the example of the page")
    one("instant in a row of version 8", ledger([instant(NOW)], EIGHTH), "no time in the id")
    one("limits of dates", ledger([cbor2.CBORTag(100, -719_162), cbor2.CBORTag(100, 2_932_896),
                                   [-62_135_596_800_000 - NOW], [253_402_300_799_999 - NOW]]),
        "the years 1 to 9999")
    one("date that is a key", changes([22, "2026-11-21", TABLE, uid(FIRST), [UNIT_ID]]),
        "the unit's id comes first")
    one("runs", two([1, 2, 3, 4], [run(1), 5, run(2)]), "columns 1, 3 and 4 are as before")
    one("run of the forms",
        changes([22, uid(DEBTOR), TABLE, uid(FIRST), [UNIT_ID, [7], day("2026-11-21")]],
                [short(ACCOUNT, DEBTOR), short(SECOND, FIRST), [run(3)]]),
        "another unit's id, and the instant as far from another row's")
    one("as before but not in form",
        changes([22, uid(DEBTOR), TABLE, uid(FIRST), [1, uuid_tag(ACCOUNT), 3]],
                [short(ACCOUNT, DEBTOR), short(SECOND, FIRST), [run(1), UNIT_ID, run(1)]]),
        "the UUID is the second unit's own id, and so undefined")
    one("instant as text, then none",
        rows(TABLE, uid(EIGHTH), [instant(NOW), 2], short(FIRST, EIGHTH), [[0], run(1)]),
        "the same text has another form in a row of version 7")
    one("instant as text twice",
        rows(TABLE, uid(EIGHTH), [instant(NOW)], b"\x0b", [run(1)]),
        "both rows have no time in their ids")
    one("longest runs", two([0] * 45, [run(20), run(20), run(5)]), "20, 20 and 5")
    one("24 items in a row", two(list(range(24)), list(range(1, 25))), "a head of two bytes")
    one("fewer columns, then more", rows(TABLE, uid(FIRST), [1, 2, 3], short(SECOND, FIRST), [run(2)],
                                         short(THIRD, SECOND), [run(2), 3]),
        "only the last row of the table counts")
    one("64 bytes are repeated, 65 are not",
        two(["y" * 62, LONG], [run(1), LONG]), "a head of two bytes and the text")
    one("tables apart", rows(TABLE, uid(FIRST), [1], 32, short(SECOND, FIRST), [1], TABLE,
                             short(THIRD, SECOND), [run(1)]), "each has its own last row")
    one("birth", record({0: [[NOW, 7], "fixed", 5], 1: "Rossi", 2: [[NOW + 1, 7], None, -1],
                         3: [None, None, None], 4: [None, [0]]}, uid(FIRST)),
        "as old as the row, younger, two columns, and an instant, which is never alone")
    one("writes", record({1: [[NOW, 7], "a"], 2: "b", 3: [1, "c"], 4: [0, True, [NOW, 0], "d"],
                          5: [0, 1, 2], 6: [0], 7: [0, False], 8: [[NOW, 8], "e"], 9: "f"}),
        "the same stamp, a later one, a base, two columns, none, and what cannot travel")
    one("stamps", changes([20, uid(DEBTOR), 20, b"", {1: [[NOW, 7], True, [5, 0], "a"]}],
                          [22, short(ACCOUNT, DEBTOR), 22, b"",
                           {0: [[NOW, 7]], 1: [-5, True, 2, "b"]}, b"", {0: [1]}]),
        "births, writes and bases each after their own last")
    one("nothing written", record({}), "a record row without birth or writes")


def forge(file, name, data, forged, error, meaning, at=None):
    file.bad(KIND, name, data, error, meaning, forged=forged, at=at)


def bad_units(file):
    def one(name, index, forged, error, meaning, data=CONTENT):
        forge(file, name, at(index, MARK, data), forged, error, meaning)

    whole = cbor(CONTENT)
    file.bad(KIND, "two lists", CONTENT[:2], "wrongCount", "changes, grants, revocations", at=0)
    file.bad(KIND, "a map", {}, "wrongType", "three lists", at=0)
    file.bad(KIND, "trailing byte", whole + b"\0", "trailingBytes", "one too many", at=len(whole))
    one("list of units null", [1], None, "wrongType", "an empty array")
    one("unit without items", [0, 1], [], "wrongCount", "table and id")
    one("unit without an id", [0, 1], [21], "wrongCount", "table and id")
    one("unit of 2^32 items", [0, 1], Raw(b"\x9a\xff\xff\xff\xff"), "truncated", "no such array")
    one("first unit without a table", [0, 0, 0], "", "wrongType", "nothing is before it",
        changes([MARK, 10, "A", []]))
    one("table 65536", [0, 1, 0], 65_536, "outOfRange", "0 to 65535")
    one("negative table", [0, 1, 0], -1, "outOfRange", "0 to 65535")
    one("everyone with an id", [0, 0, 1], uid(ACCOUNT), "contradiction", "table 0 has no root")
    one("table without an id", [0, 1, 1], "", "contradiction", "only everyone has none")
    one("table of the unit before", [0, 1, 0], 22, "notShortest", "it is left out",
        changes([22, uid(DEBTOR)], [22, b"\x91"]))
    one("units out of order", [0, 1], [b"\x8f"], "notAscending", "ascending ids",
        changes([22, uid(DEBTOR)], []))
    one("unit twice", [0, 1], [b"\x90"], "notAscending", "a unit stands once",
        changes([22, uid(DEBTOR)], []))
    one("tables out of order", [0, 1], [21, b"\x91"], "notAscending", "ascending tables",
        changes([22, uid(DEBTOR)], []))
    one("key before a UUID", [0, 1], ["0"], "notAscending", "the bytes of the texts",
        changes([22, uid(DEBTOR)], []))
    one("changed and granted", [1, 0], [b"\x90"], "contradiction", "one of the lists",
        [[[22, uid(DEBTOR)], [b"\x91"]], [[]], []])
    one("granted and revoked", [2, 0], [b"\x91"], "contradiction", "one of the lists",
        [[], [[22, uid(DEBTOR)], [b"\x91"]], [[]]])
    one("changed and revoked", [2, 1], [b"\x92"], "contradiction", "one of the lists",
        [[[22, uid(DEBTOR)], [b"\x92"]], [], [[b"\x91"], []]])
    one("revocation with a row", [2, 0], [22, uid(DEBTOR), 22, b"", {}], "wrongCount", "no rows",
        [[], [], [[]]])
    one("unit cut in a row", [0, 0], [22, uid(DEBTOR), 22, b""], "wrongCount", "no content",
        changes([]))
    one("unit cut behind a table", [0, 0], [22, uid(DEBTOR), 22], "wrongCount", "no id",
        changes([]))


def bad_ids(file):
    def one(name, data, forged, error, meaning):
        forge(file, name, data, forged, error, meaning)

    pair = changes([22, uid(DEBTOR)], [MARK])
    one("unit with empty bytes", pair, b"", "invalidID", "a unit has no unit")
    one("unit of 17 bytes", pair, bytes(17), "invalidID", "at most 16")
    one("unit's shared bytes written", pair, uid(ACCOUNT), "notShortest", "15 are left out")
    one("one shared byte written", pair, uid(ACCOUNT)[14:], "notShortest", "one is left out less")
    one("first unit of 15 bytes", changes([22, MARK]), bytes(15), "invalidID", "nothing before it")
    one("unit as an integer", changes([22, MARK]), 5, "wrongType", "bytes or text")
    one("unit with a bad key", changes([22, MARK]), "MT 01", "invalidID", "A–Z a–z 0–9 - _")
    one("unit's UUID as text", changes([22, MARK]), DEBTOR, "invalidID", "bytes")
    one("row without a table", rows(MARK, []), uid(FIRST), "wrongType", "nothing is before it")
    one("table of the row before", rows(TABLE, uid(FIRST), [], MARK, b"\x02", []), TABLE,
        "notShortest", "it is left out")
    one("row in table 0", rows(MARK, b"", []), 0, "outOfRange", "tables count from 1")
    one("unit's id written", rows(22, MARK, []), uid(ACCOUNT), "notShortest", "empty bytes")
    one("unit's key written", changes([22, "A", 22, MARK, []]), "A", "notShortest", "empty bytes")
    one("row with empty text", rows(22, MARK, []), "", "invalidID", "a row has an id")
    one("everyone's row with empty bytes", changes([0, "", 10, MARK, []]), b"", "invalidID",
        "everyone has no id")
    one("row of 17 bytes", rows(TABLE, MARK, []), bytes(17), "invalidID", "at most 16")
    one("first row of 12 bytes", rows(TABLE, MARK, []), bytes(12), "invalidID", "nothing before")
    one("row's shared bytes written", rows(TABLE, uid(FIRST), [], MARK, []), uid(SECOND),
        "notShortest", "they are left out")
    one("row id null", rows(TABLE, MARK, []), None, "wrongType", "bytes or text")
    one("row content null", rows(TABLE, b"", MARK), None, "wrongType", "an array or a map")
    one("row content a text", rows(TABLE, b"", MARK), "x", "wrongType", "an array or a map")


def bad_runs(file):
    def one(name, data, forged, error, meaning):
        forge(file, name, data, forged, error, meaning)

    one("run without a row before", ledger([MARK]), run(1), "outOfRange", "the table's first row")
    one("run in another table", rows(32, uid(FIRST), [1], TABLE, b"\x02", [MARK]), run(1),
        "outOfRange", "the table's first row")
    one("run too long", two([1, 2], [MARK]), run(3), "outOfRange", "two columns were before")
    one("run behind the last column", two([1, 2], [run(2), MARK]), run(1), "notShortest",
        "a run goes as far as it can")
    one("run behind the row before", two([1] * 20, [run(20), MARK]), run(1), "outOfRange",
        "20 columns were before")
    one("run in two", two([1, 2, 3], [run(1), MARK]), run(2), "notShortest", "one run of three")
    one("value as before", two([1, 2], [MARK, 3]), 1, "notShortest", "a run")
    one("value as before behind a run", two([1, 2, 3], [run(1), MARK, 4]), 2, "notShortest",
        "a longer run")
    one("unit as before", two([UNIT_ID], [MARK]), UNIT_ID, "notShortest", "a run")
    one("64 bytes as before", two([LONG[1:]], [MARK]), LONG[1:], "notShortest", "a run")
    one("run of 65 bytes", two([LONG], [MARK]), run(1), "contradiction", "only 64 are repeated")
    one("run of an instant in a row of version 8",
        rows(TABLE, uid(FIRST), [[7]], uid(EIGHTH)[1:], [MARK]), run(1), "contradiction",
        "no time in the id")
    one("run of a UUID that is the unit's",
        changes([22, uid(DEBTOR), TABLE, uid(FIRST), [uuid_tag(ACCOUNT)]],
                [short(ACCOUNT, DEBTOR), short(SECOND, FIRST), [MARK]]),
        run(1), "notShortest", "undefined")
    one("run of a text that is the unit's key",
        changes([22, "A", TABLE, uid(FIRST), ["B"]], ["B", short(SECOND, FIRST), [MARK]]),
        run(1), "notShortest", "undefined")
    one("run of a date that is the unit's key",
        changes([22, "2026-11-20", TABLE, uid(FIRST), [day("2026-11-21")]],
                ["2026-11-21", short(SECOND, FIRST), [MARK]]),
        run(1), "notShortest", "undefined")
    one("run of an instant as text in a row of version 7",
        rows(TABLE, uid(EIGHTH), [instant(NOW)], short(FIRST, EIGHTH), [MARK]), run(1),
        "notShortest", "an array of one")
    # Everyone's unit is the first of a list, so the row before it stands in an earlier list.
    forge(file, "run of the unit in everyone's grant",
          [[[22, uid(ACCOUNT), TABLE, uid(FIRST), [UNIT_ID]]], [[0, "", "K", [MARK]]], []],
          run(1), "contradiction", "everyone has no id")
    one("run that hides one behind another",
        changes([22, uid(DEBTOR), TABLE, uid(FIRST), [1, uuid_tag(ACCOUNT), 3]],
                [short(ACCOUNT, DEBTOR), short(SECOND, FIRST), [MARK]]),
        run(3), "notShortest", "its second column is undefined there")
    one("run of simple value 20", two([1], [MARK]), False, "wrongType", "false is no value")
    one("201 columns by runs", two([0] * 199, MARK), [run(20)] * 9 + [run(19), 1, 2], "tooLong",
        "at most 200")
    one("201 items", ledger(MARK), list(range(201)), "tooLong", "at most 200")
    one("run in a record row", record({1: [[NOW, 7], MARK]}), run(1), "notAllowed",
        "for ledger rows")


def bad_values(file):
    def one(name, forged, error, meaning, data=ledger([MARK])):
        forge(file, name, data, forged, error, meaning)

    one("everyone's undefined", UNIT_ID, "contradiction", "everyone has no id",
        data=changes([0, "", 10, "A", [MARK]]))
    one("unit's id as text", ACCOUNT, "notShortest", "undefined")
    one("unit's id as a UUID", uuid_tag(ACCOUNT), "notShortest", "undefined")
    one("unit's key as text", "A", "notShortest", "undefined",
        data=changes([22, "A", 22, b"", [MARK]]))
    one("unit's key as a date", day("2026-11-21"), "notShortest", "undefined",
        data=changes([22, "2026-11-21", 22, b"", [MARK]]))
    one("UUID as text", DEBTOR, "notShortest", "tag 37")
    one("date as text", "2026-11-21", "notShortest", "tag 100")
    one("instant as text", instant(NOW), "notShortest", "an array of one")
    forge(file, "UUID of 15 bytes", ledger([cbor2.CBORTag(37, MARK)]), bytes(15), "wrongCount",
          "16 bytes")
    forge(file, "UUID of text", ledger([cbor2.CBORTag(37, MARK)]), "x", "wrongType", "16 bytes")
    forge(file, "day of text", ledger([cbor2.CBORTag(100, MARK)]), "x", "wrongType", "an integer")
    forge(file, "day before the year 1", ledger([cbor2.CBORTag(100, MARK)]), -719_163,
          "outOfRange", "0001-01-01 is the first")
    forge(file, "day after the year 9999", ledger([cbor2.CBORTag(100, MARK)]), 2_932_897,
          "outOfRange", "9999-12-31 is the last")
    forge(file, "instant after the year 9999", ledger([[MARK]]), 253_402_300_800_000 - NOW,
          "outOfRange", "no text of 24 bytes")
    forge(file, "instant of 2^63-1", ledger([[MARK]]), 2**63 - 1, "outOfRange", "and no trap")
    forge(file, "instant of a text", ledger([[MARK]]), "x", "wrongType", "an integer")
    one("instant of nothing", [], "wrongCount", "an array of one")
    one("instant of two", [1, 2], "wrongCount", "an array of one")
    one("instant in a row of version 8", [0], "contradiction", "no time in the id",
        data=ledger([MARK], EIGHTH))
    one("tag 36", cbor2.CBORTag(36, "x"), "notAllowed", "37 and 100 only")
    one("tag 1004", cbor2.CBORTag(1004, "2026-11-21"), "notAllowed", "37 and 100 only")
    one("tag 2", Raw(b"\xc2\x41\x01"), "notAllowed", "37 and 100 only")
    one("tag with a long head", Raw(b"\xd9\x00\x25\x50" + bytes(16)), "notAllowed",
        "a head of two bytes")
    one("true as a value", True, "wrongType", "SQL has no booleans")
    one("float", Raw(b"\xf9\x3c\x00"), "notAllowed", "not in the profile")
    one("simple value 32", Raw(b"\xf8\x20"), "notAllowed", "not in the profile")
    one("map as a value", {}, "wrongType", "not a value")


def bad_records(file):
    def one(name, map, forged, error, meaning, at=None):
        forge(file, name, record(map), forged, error, meaning, at)

    one("negative register", MARK, {-1: "x"}, "outOfRange", "from 0",
        at=cbor(record(MARK)).index(cbor(MARK)) + 1)
    one("register as text", MARK, {"a": "x"}, "wrongType", "a number",
        at=cbor(record(MARK)).index(cbor(MARK)) + 1)
    start = cbor(record(MARK)).index(cbor(MARK))
    stamped = cbor([[NOW, 7], "x"])
    for name, first, second in [("registers out of order", 2, 1), ("register twice", 1, 1)]:
        one(name, MARK, Raw(b"\xa2" + bytes([first]) + stamped + bytes([second]) + b"\x61y"),
            "notAscending", "ascending, each once", at=start + 2 + len(stamped))
    one("birth behind a register", MARK, Raw(b"\xa2\x01" + stamped + b"\0" + stamped),
        "notAscending", "key 0 is the first", at=start + 2 + len(stamped))
    one("map of 2^32 registers", MARK, Raw(b"\xba\xff\xff\xff\xff"), "truncated", "no such map")
    one("birth without a stamp", {0: MARK}, [], "wrongCount", "a stamp at least")
    one("birth with null", {0: [MARK]}, None, "wrongType", "a birth has a stamp")
    one("birth not an array", {0: MARK}, 1, "wrongType", "stamp and values")
    one("milliseconds without a stamp before", {0: [MARK]}, 5, "contradiction", "nothing before")
    one("write without a stamp before", {1: [MARK, "x"]}, 0, "contradiction",
        "a birth's stamp is no write's")
    one("base without a base before", {1: [[NOW, 7], True, MARK, "x"]}, 0, "contradiction",
        "a write's stamp is no base")
    one("stamp of the replica before", {1: [[NOW, 7], "x"], 2: [MARK, "x"]}, [NOW + 1, 7],
        "notShortest", "the milliseconds between")
    one("stamp of three items", {1: [MARK, "x"]}, [NOW, 7, 1], "wrongCount", "time and replica")
    one("stamp of 2^43", {1: [[MARK, 7], "x"]}, 2**43, "outOfRange", "43 bits")
    one("stamp of replica 2^20", {1: [[NOW, MARK], "x"]}, 2**20, "outOfRange", "20 bits")
    one("stamp before 1970", {1: [[NOW, 7], "x"], 2: [MARK, "x"]}, -NOW - 1, "outOfRange",
        "not below 0")
    one("stamp after 2^43", {1: [[NOW, 7], "x"], 2: [MARK, "x"]}, 2**43 - NOW, "outOfRange",
        "43 bits")
    one("write of nothing", {1: MARK}, [], "wrongCount", "a stamp at least")
    one("null stamp without a birth", {1: MARK}, [None, "x"], "contradiction",
        "no birth to be as old as")
    one("value alone without a stamp before", {1: MARK}, "x", "contradiction", "no stamp to have")
    one("same stamp written", {1: [[NOW, 7], "x"], 2: MARK}, [0, "y"], "notShortest",
        "the value alone")
    one("null stamp written", {0: [[NOW, 7]], 1: MARK}, [None, "y"], "notShortest",
        "the value alone")
    one("base mark without a base", {1: MARK}, [[NOW, 7], True], "wrongCount", "a base")
    one("false and more", {1: [[NOW, 7], MARK, 1]}, False, "wrongType", "alone, or not at all")
    one("true twice", {1: [[NOW, 7], True, [NOW, 0], MARK]}, True, "wrongType", "no value")
    one("false alone", {1: [[NOW, 7], "x"], 2: MARK}, False, "wrongType", "no value")
    one("201 writes", MARK, {0: [[NOW, 7]], **{n: 1 for n in range(1, 202)}}, "tooLong",
        "at most 200")
    one("UUID as text in a write", {1: [[NOW, 7], MARK]}, DEBTOR, "notShortest", "tag 37")
