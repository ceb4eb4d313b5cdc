"""The vectors of messages."""

from material import (
    CHAIN, CURSOR, DEBTOR, EMPTY, EPOCH, EVERYONE, HASH, LAST, MARK, NOW, SALT, START, ZERO, File, Raw, at,
    cbor, sha, stamp, uid, without)


def messages():
    file = File("messages", "Messages: maps with small unsigned keys.")

    def set_of(kind, full, forgeries, missing, unknown, defaults):
        """The faults that every message shares, and `forgeries` of its own."""
        end = len(cbor(full))
        for name, key, forged, error, meaning in forgeries:
            index = key if isinstance(key, list) else [key]
            file.bad(kind, name, at(index, MARK, full), error, meaning, forged=forged)
        for key in missing:
            file.bad(kind, f"without key {key}", without(key, full), "missingKey",
                     "the key is required", at="end")
        for key, value in defaults:
            data = cbor({**without(key, full), key: MARK})
            position = data.index(cbor(MARK)) - len(cbor(key))
            file.bad(kind, f"default of key {key} written", data.replace(cbor(MARK), cbor(value)),
                     "defaultWritten", "absent is its only form", at=position)
        file.bad(kind, f"unknown key {unknown}", {**full, unknown: 0}, "unknownKey",
                 "below 64 nothing is skipped", at=end)
        file.bad(kind, "trailing byte", cbor(full) + b"\x00", "trailingBytes", "after the map",
                 at=end)
        file.bad(kind, "not a map", [1], "wrongType", "an array", at=0)
        file.skips(kind, "key 64", {**full, 64: [1, {"a": b""}]}, full, "a later version's key")
        if kind != "sync-request":
            file.skips(kind, "key 65", {**full, 65: 41}, full, "a key of another message")

    sets = [cbor([7, 1, ZERO, START, [], SALT, cbor(EMPTY)])]
    sync = {0: 1, 1: 3, 2: 7, 3: [2, HASH], 4: 1, 5: [CURSOR, START], 6: ["MT-01", "PZ-01"],
            7: sets, 8: 65_536, 9: 50}
    kind = "sync-request"
    least = {0: 1, 1: 1, 2: 1, 3: [0, ZERO]}
    file.good(kind, "least", least, "a new replica that asks for everything")
    file.good(kind, "full", sync, "every key")
    set_of(kind, sync, [
        ("version 2", 0, 2, "unknownVersion", "not spoken here"),
        ("version 0", 0, 0, "outOfRange", "versions count from 1"),
        ("schema version 0", 1, 0, "outOfRange", "versions count from 1"),
        ("replica 0", 2, 0, "outOfRange", "the centre does not ask"),
        ("head 0 with a hash", 3, [0, HASH], "contradiction", "nothing to hash"),
        ("head of one item", 3, [1], "wrongCount", "two items"),
        ("head 2^53", [3, 0], 2**53, "outOfRange", "a number ends at 2^53-1"),
        ("head 2^63-1", [3, 0], 2**63 - 1, "outOfRange", "a number ends at 2^53-1"),
        ("outcomes merged -1", 4, -1, "outOfRange", "0 is none"),
        ("outcomes merged 2^53", 4, 2**53, "outOfRange", "a number ends at 2^53-1"),
        ("cursor at 2^53", [5, 0, 1], 2**53, "outOfRange", "a number ends at 2^53-1"),
        ("65 cursors", 5, [START] * 65, "tooLong", "at most 64"),
        ("65 portfolios", 6, ["A"] * 65, "tooLong", "at most 64"),
        ("empty portfolio", [6, 1], "", "invalidID", "everyone's is not held"),
        ("change-set as array", [7, 0], [1], "wrongType", "a byte string"),
        ("answer of -1 bytes", 8, -1, "outOfRange", "0 to 5 MiB"),
        ("answer of 5 MiB and one", 8, (5 << 20) + 1, "outOfRange", "0 to 5 MiB"),
        ("wait of 51 s", 9, 51, "outOfRange", "0 to 50"),
    ], [0, 1, 2, 3], 10, [(4, 0), (5, []), (6, []), (7, []), (8, 1 << 20), (9, 0)])
    pairs = b"".join(cbor(k) + cbor(v) for k, v in [(1, 1), (0, 1), (2, 1), (3, [0, ZERO])])
    file.bad(kind, "keys out of order", b"\xa4" + pairs, "notAscending", "ascending", at=3)
    twice = b"".join(cbor(k) + cbor(v) for k, v in [(0, 1), (0, 1), (1, 1), (2, 1), (3, [0, ZERO])])
    file.bad(kind, "key twice", b"\xa5" + twice, "notAscending", "each key once", at=3)
    file.bad(kind, "text key", {"a": 1}, "wrongType", "keys are unsigned", at=1)
    file.bad(kind, "negative key", {-1: 1}, "outOfRange", "keys are unsigned", at=1)
    file.bad(kind, "map of 2^63 keys", b"\xbb\x80" + bytes(7), "truncated", "no such map", at=0)
    deep = 0
    for _ in range(16):
        deep = [deep]
    file.bad(kind, "later key nested 17 deep", {**least, 64: MARK}, "tooDeep", "at most 16",
             forged=deep, at=len(cbor(least)) + 2 + 15)
    file.skips(kind, "later key nested 16 deep", {**least, 64: deep[0]}, least, "the deepest")
    proven = {**sync, 65: 41}
    file.good(kind, "proven", proven, "a key that was added to version 1")
    file.good(kind, "proven at commit 0", {**least, 65: 0}, "no default: 0 is a commit too")
    file.good(kind, "proven at the last commit", {**least, 65: LAST}, "the greatest number")
    named = {**sync, 66: "PC-CASSA"}
    file.good(kind, "named", named, "a key that was added to version 1")
    file.bad(kind, "label of 257 bytes", at([66], MARK, named), "tooLong", "at most 256",
             forged="n" * 257)
    file.bad(kind, "empty label", {**least, 66: ""}, "defaultWritten", "absent is its only form",
             at=len(cbor(least)))
    for name, forged, error, meaning in [
        ("proven -1", -1, "outOfRange", "commits count from 0"),
        ("proven 2^53", 2**53, "outOfRange", "a number ends at 2^53-1"),
        ("proven 2^63-1", 2**63 - 1, "outOfRange", "a number ends at 2^53-1"),
        ("proven null", None, "wrongType", "absent is its only form of never"),
        ("proven as text", "41", "wrongType", "a count"),
        ("proven as array", [41], "wrongType", "what is known is not read over"),
    ]:
        file.bad(kind, name, at([65], MARK, proven), error, meaning, forged=forged)
    file.skips(kind, "keys around proven", {**least, 64: [1], 65: 41, 67: "x"}, {**least, 65: 41},
               "what is known stands between what is not")
    pair = cbor(65) + cbor(41)
    file.bad(kind, "proven twice", b"\xa6" + cbor(least)[1:] + pair + pair, "notAscending",
             "each key once", at=len(cbor(least) + pair))
    file.bad(kind, "later key with a float", {**least, 64: MARK}, "notAllowed",
             "what is skipped is in the profile too", forged=Raw(b"\xf9\x3c\x00"))
    file.bad(kind, "later key with unsorted map", {**least, 64: MARK}, "notAscending",
             "what is skipped is canonical too", forged=Raw(b"\xa2\x01\x00\x00\x00"),
             at=len(cbor(least)) + 2 + 3)

    kind = "sync-answer"
    content = cbor([[EVERYONE], [], []])
    commit = [42, NOW, 0, 1, [sha(SALT + content)], CHAIN, [["", SALT, content]]]
    item = [21, uid(DEBTOR), 3, 3, stamp(NOW, 7), stamp(NOW - 5, 2), ["x"]]
    answer = {1: 7, 2: [2, HASH], 3: [[1, 1, []], [2, 0, [item]]], 4: CURSOR, 5: [commit],
              6: [EPOCH, 42, CHAIN], 7: True, 8: ["MT-01"], 9: NOW, 10: 1}
    least = {1: 7, 2: [0, ZERO], 4: START, 6: START, 9: NOW}
    file.good(kind, "least", least, "nothing to say")
    file.good(kind, "full", answer, "every key")
    file.good(kind, "gap and foreign", {**least, 3: [[3, 2, []], [4, 3, []]]}, "nothing changed")
    set_of(kind, answer, [
        ("replica 0", 1, 0, "outOfRange", "an answer is for an office"),
        ("head 0 with a hash", 2, [0, HASH], "contradiction", "nothing to hash"),
        ("outcome of status 4", [3, 0, 1], 4, "outOfRange", "0 to 3"),
        ("outcome of number 0", [3, 0, 0], 0, "outOfRange", "change-sets count from 1"),
        ("outcome of number 2^53", [3, 0, 0], 2**53, "outOfRange", "a number ends at 2^53-1"),
        ("outcome of two items", [3, 0], [1, 0], "wrongCount", "three items"),
        ("cursor null", 6, None, "wrongType", "a cursor"),
        ("more as 1", 7, 1, "wrongType", "true or absent"),
        ("time 2^43", 9, 2**43, "outOfRange", "0 to 2^43-1"),
        ("covered -1", 10, -1, "outOfRange", "0 is nothing"),
        ("covered 2^53", 10, 2**53, "outOfRange", "a number ends at 2^53-1"),
    ], [1, 2, 4, 6, 9], 11, [(3, []), (5, []), (7, False), (8, []), (10, 0)])

    kind = "enrol-request"
    enrol = {0: 1, 1: "K7Q2-9FXD", 2: sha(b"login" + bytes(32)), 3: EPOCH}
    file.good(kind, "enrol", enrol, "a one-time code and two things of the client's making")
    set_of(kind, enrol, [
        ("version 2", 0, 2, "unknownVersion", "not spoken here"),
        ("code of 65 bytes", 1, "K" * 65, "tooLong", "at most 64"),
        ("token hash of 31 bytes", 2, ZERO[:31], "wrongCount", "32 bytes"),
        ("incarnation of 17 bytes", 3, bytes(17), "wrongCount", "16 bytes"),
    ], [0, 1, 2, 3], 6, [])
    again = {**enrol, 4: 7, 5: "PC-CASSA"}
    file.good(kind, "again", again, "a file goes on whose token was lost")
    file.good(kind, "labelled", {**enrol, 5: "n" * 256}, "a new file on a machine with a name")
    for name, key, forged, error, meaning in [
        ("replica 0", 4, 0, "outOfRange", "the centre's own"),
        ("replica 2^20", 4, 2**20, "outOfRange", "20 bits"),
        ("label of 257 bytes", 5, "n" * 257, "tooLong", "at most 256"),
        ("label as bytes", 5, b"n", "wrongType", "a text"),
    ]:
        file.bad(kind, name, at([key], MARK, again), error, meaning, forged=forged)
    file.bad(kind, "empty label", {**enrol, 5: ""}, "defaultWritten", "absent is its only form",
             at=len(cbor(enrol)))

    kind = "renumber-request"
    renumber = {0: 1, 1: 7, 2: [2, HASH], 3: sha(b"login" + bytes(32)), 4: EPOCH}
    file.good(kind, "renumber", renumber, "a copy asks for a number of its own")
    set_of(kind, renumber, [
        ("version 2", 0, 2, "unknownVersion", "not spoken here"),
        ("replica 2^20", 1, 2**20, "outOfRange", "20 bits"),
        ("head number -1", [2, 0], -1, "outOfRange", "0 is none"),
        ("head number 2^53", [2, 0], 2**53, "outOfRange", "a number ends at 2^53-1"),
        ("incarnation as text", 4, "0" * 16, "wrongType", "a byte string"),
    ], [0, 1, 2, 3, 4], 6, [])
    labelled = {**renumber, 5: "PC-CASSA"}
    file.good(kind, "labelled", labelled, "a copy on a machine with a name")
    file.bad(kind, "label of 257 bytes", at([5], MARK, labelled), "tooLong", "at most 256",
             forged="n" * 257)
    file.bad(kind, "empty label", {**renumber, 5: ""}, "defaultWritten",
             "absent is its only form", at=len(cbor(renumber)))

    kind = "enrol-answer"
    given = {1: 8, 2: "Matera, via Lucana", 3: ["MT-01"], 4: b'{"name":"x"}', 5: NOW}
    file.good(kind, "given", given, "the number, and the schema as JSON")
    file.good(kind, "no portfolio yet", without(3, given), "granted later")
    set_of(kind, given, [
        ("replica 0", 1, 0, "outOfRange", "the centre's own"),
        ("name of 257 bytes", 2, "n" * 257, "tooLong", "at most 256"),
        ("schema as text", 4, "{}", "wrongType", "a byte string"),
        ("time -1", 5, -1, "outOfRange", "0 to 2^43-1"),
    ], [1, 2, 4, 5], 6, [(3, [])])

    kind = "digest-answer"
    total = {1: CURSOR, 2: [["", 10, 3, bytes(range(16))], ["MT-01", 21, 0, bytes(16)]]}
    file.good(kind, "two tables", total, "everyone's and one portfolio's")
    file.good(kind, "nothing", {1: START}, "no rows at all")
    set_of(kind, total, [
        ("sum of 15 bytes", [2, 0, 3], bytes(15), "wrongCount", "16 bytes"),
        ("count -1", [2, 0, 2], -1, "outOfRange", "0 and more"),
        ("count 2^53", [2, 0, 2], 2**53, "outOfRange", "a number of rows ends at 2^53-1"),
        ("table 0", [2, 0, 1], 0, "outOfRange", "a table has a number"),
        ("portfolio with a dot", [2, 1, 0], "MT.01", "invalidID", "a reference key or empty"),
        ("digest of three items", [2, 1], ["MT-01", 21, 0], "wrongCount", "four items"),
    ], [1], 3, [(2, [])])

    kind = "range-answer"
    pieces = {1: CURSOR, 2: [["", uid(DEBTOR), 2, bytes(range(16))],
                             [uid(DEBTOR), "", 5, bytes(16)]]}
    listed = {1: CURSOR, 3: [[uid(DEBTOR), bytes(range(16))], ["MT-01", bytes(16)]]}
    file.good(kind, "pieces", pieces, "from the beginning, and to the end")
    file.good(kind, "rows", listed, "few enough to be named")
    file.good(kind, "empty range", {1: CURSOR}, "no rows")
    set_of(kind, pieces, [
        ("17 pieces", 2, [["", "", 0, bytes(16)]] * 17, "tooLong", "at most 16"),
        ("piece of three items", [2, 0], ["", "", 0], "wrongCount", "four items"),
        ("piece of 2^53 rows", [2, 0, 2], 2**53, "outOfRange", "a number of rows ends at 2^53-1"),
        ("UUID as text", [2, 0, 1], DEBTOR, "invalidID", "16 bytes"),
    ], [1], 4, [(2, [])])
    both = {**pieces, 3: MARK}
    file.bad(kind, "pieces and rows", both, "contradiction", "one or the other", forged=listed[3])
    file.bad(kind, "row without an id", at([3, 0, 0], MARK, listed), "invalidID", "a row has an id",
             forged="")
    return file
