"""The vectors of values, rows, change-sets, commits and outcomes."""

from material import (
    BIRTH, CHAIN, CONTENT, CURSOR, DEBTOR, EMPTY, EPOCH, EVERYONE, GRANTED, HASH, LAST, LEDGER, MARK, MAX,
    NOW, PAYMENT, RECORD, REFERENCE, SALT, START, UNREADABLE, WRITTEN, ZERO, File, Raw, at, cbor,
    sha, stamp, uid)


def values():
    file = File("values", "Arrays of values: the forms of CBOR that may stand, and those not.")
    kind = "values"
    file.good(kind, "no values", [], "a table without columns")
    file.good(kind, "null", [None], "NULL")
    for n in [0, 1, 23, 24, 255, 256, 65_535, 65_536, 2**32 - 1, 2**32, MAX]:
        file.good(kind, f"integer {n}", [n], "the shortest head for each size")
    for n in [-1, -24, -25, -256, -257, -2**63]:
        file.good(kind, f"integer {n}", [n], "negative integers, down to the least of 64 bits")
    file.good(kind, "empty text and blob", ["", b""], "neither is NULL")
    file.good(kind, "text", ["Forlì, via Salò 3"], "UTF-8, accents in one code point")
    file.good(kind, "decomposed text", ["Forli\u0300"], "the same name in another Unicode form is "
              "another value")
    file.good(kind, "text with NUL and emoji", ["a\0b \U0001F9FE"], "any UTF-8 may stand")
    file.good(kind, "text of 24 bytes", ["x" * 24], "a head of two bytes")
    file.good(kind, "blob of 300 bytes", [bytes(300)], "a head of three bytes")
    file.good(kind, "200 columns", list(range(200)), "as many as a table may have")

    def one(name, forged, error, meaning, at=None):
        forged = Raw(forged) if isinstance(forged, bytes) else forged
        file.bad(kind, name, [MARK], error, meaning, forged=forged, at=at)

    file.bad(kind, "nothing", b"", "truncated", "no item at all", at=0)
    file.bad(kind, "trailing byte", b"\x80\x00", "trailingBytes", "a byte after the array", at=1)
    file.bad(kind, "not an array", b"\x01", "wrongType", "an integer in place of the array", at=0)
    file.bad(kind, "a map", b"\xa0", "wrongType", "a map in place of the array", at=0)
    file.bad(kind, "array without its item", b"\x81", "truncated", "one item said, none", at=0)
    file.bad(kind, "array of 2^64-1", b"\x9b" + b"\xff" * 8, "truncated",
             "nothing may be allocated for it", at=0)
    file.bad(kind, "head cut", b"\x99\x01", "truncated", "two bytes said, one there", at=0)
    file.bad(kind, "201 columns", list(range(201)), "tooLong", "more than a table may have", at=0)
    for digits in ["1817", "180a", "190018", "1900ff", "1a00000100", "1a0000ffff",
                   "1b0000000000010000", "1b00000000ffffffff", "3800", "390017"]:
        one(f"integer written {digits}", bytes.fromhex(digits), "notShortest", "a shorter head "
            "would do")
    one("text with a long head", b"\x78\x01a", "notShortest", "a shorter head would do")
    one("blob with a long head", b"\x58\x01a", "notShortest", "a shorter head would do")
    file.bad(kind, "array with a long head", b"\x98\x01\x00", "notShortest", "a shorter head would "
             "do", at=0)
    for name, digits in [("half float", "f93c00"), ("float", "fa3f800000"),
                         ("double", "fb3ff0000000000000"), ("tag 0", "c06161"),
                         ("undefined", "f7"), ("simple value 32", "f820"), ("simple value 0", "e0"),
                         ("reserved head 28", "1c"), ("reserved head 30", "7e"),
                         ("indefinite text", "7f6161ff"), ("indefinite blob", "5f4161ff"),
                         ("break", "ff"), ("big number", "c249010000000000000000")]:
        one(name, bytes.fromhex(digits), "notAllowed", "not in the profile")
    file.bad(kind, "indefinite array", b"\x9f\x00\xff", "notAllowed", "not in the profile", at=0)
    one("true", True, "wrongType", "SQL has no booleans")
    one("array in an array", [], "wrongType", "a value is not a list")
    one("map in an array", {}, "wrongType", "a value is not a map")
    one("integer 2^63", 2**63, "outOfRange", "one above what SQLite can hold")
    one("integer -2^63-1", -2**63 - 1, "outOfRange", "one below what SQLite can hold")
    for name, digits in [("overlong NUL", "62c080"), ("surrogate", "63eda080"), ("cut", "61c3"),
                         ("above U+10FFFF", "64f4908080"), ("stray byte", "6180"),
                         ("byte FF", "61ff")]:
        one(f"text with {name}", bytes.fromhex(digits), "invalidText", "not UTF-8")
    one("text longer than the input", b"\x63ab", "truncated", "three bytes said, two there")
    one("blob of 2^64-1", b"\x5b" + b"\xff" * 8, "truncated", "nothing may be allocated for it")
    one("blob of 2^63", b"\x5b\x80" + bytes(7), "truncated", "above what Int64 can hold")
    return file


def rows():
    file = File("rows", "One row's change by itself: a ledger row or writes of registers.")
    kind = "row"
    file.good(kind, "ledger row", LEDGER, "a payment: four values")
    file.good(kind, "ledger row without values", [22, uid(PAYMENT), []], "all columns are newer")
    file.good(kind, "register with base", RECORD, "a kept register was overwritten")
    file.good(kind, "birth", BIRTH, "a new row: one register as old as it, one younger")
    file.good(kind, "birth without registers", [21, uid(DEBTOR), [0, []], []], "the least stamp")
    file.good(kind, "reference row", REFERENCE, "a reference key travels as text")
    file.good(kind, "longest reference key", at([1], "Aa0-_Zz9Aa0-_Zz9", REFERENCE), "16 bytes")
    file.good(kind, "greatest stamp and numbers",
              [65_535, uid(DEBTOR), None, [[65_535, MAX, MAX, []]]], "everything at its limit")
    file.good(kind, "value that cannot travel", UNREADABLE, "the centre refuses it as bad_value")
    file.good(kind, "UUID of zeros", at([1], bytes(16), LEDGER), "any 16 bytes are a UUID")

    def forge(name, index, forged, error, meaning, data=RECORD, offset=None):
        file.bad(kind, name, at(index, MARK, data), error, meaning, forged=forged, at=offset)

    forge("table 0", [0], 0, "outOfRange", "tables count from 1")
    forge("table 65536", [0], 65_536, "outOfRange", "over two bytes")
    forge("table as text", [0], "debtor", "wrongType", "tables travel by number")
    forge("id of 15 bytes", [1], bytes(15), "invalidID", "a UUID is 16 bytes")
    forge("id of 17 bytes", [1], bytes(17), "invalidID", "a UUID is 16 bytes")
    forge("UUID as text", [1], DEBTOR, "invalidID", "a UUID has one form: 16 bytes")
    forge("empty id", [1], "", "invalidID", "only the unit of everyone has none")
    forge("key of 17 bytes", [1], "Aa0-_Zz9Aa0-_Zz9A", "invalidID", "at most 16")
    forge("key with a space", [1], "MT 01", "invalidID", "A–Z a–z 0–9 - _")
    forge("key with an accent", [1], "MÉ", "invalidID", "A–Z a–z 0–9 - _")
    forge("id as integer", [1], 5, "wrongType", "bytes or text")
    forge("id null", [1], None, "wrongType", "bytes or text")
    file.bad(kind, "two items", LEDGER[:2], "wrongCount", "neither ledger nor record", at=0)
    file.bad(kind, "five items", RECORD + [1], "wrongCount", "neither ledger nor record", at=0)
    file.bad(kind, "trailing bytes", cbor(LEDGER) + b"\x00", "trailingBytes", "one byte too many",
             at=len(cbor(LEDGER)))
    forge("values not an array", [2], "abc", "wrongType", "a list of values", data=LEDGER)
    forge("birth of one item", [2], [0], "wrongCount", "stamp and values")
    forge("birth with a negative stamp", [2, 0], -1, "outOfRange", "stamps are from 0", data=BIRTH)
    forge("birth with a null stamp", [2, 0], None, "wrongType", "a birth has a stamp", data=BIRTH)
    forge("stamp 2^63", [3, 0, 1], 2**63, "outOfRange", "over 63 bits")
    forge("negative stamp", [3, 0, 1], -1, "outOfRange", "stamps count from 0")
    forge("negative base", [3, 0, 2], -1, "outOfRange", "stamps count from 0")
    forge("register 0", [3, 0, 0], 0, "outOfRange", "registers count from 1")
    forge("write of three items", [3, 0], [3, 4, None], "wrongCount", "four items")
    forge("same register twice", [3, 1], [1, None, None, ["x"]], "notAscending",
          "a register is written once", data=BIRTH)
    forge("registers out of order", [3, 0], [4, None, None, []], "notAscending",
          "ascending numbers", data=BIRTH,
          offset=cbor(at([3, 0], MARK, BIRTH)).index(cbor(MARK)) + len(cbor([4, None, None, []])))
    forge("no stamp without birth", [3, 0], [3, None, None, ["x"]], "contradiction",
          "there is no birth to be as old as")
    return file


def change_sets():
    file = File("change-sets", "Change-sets, commits, cursors and the items of outcomes.")
    kind = "change-set"
    content = cbor(CONTENT)

    def header_hash(data):
        header, salt, content = data[:5], data[5], data[6]
        return sha(cbor(["rientro change-set", *header, sha(salt + content)])).hex()

    first = [7, 1, ZERO, START, [], SALT, cbor(EMPTY)]
    second = [7, 2, HASH, CURSOR, [], SALT, content]
    renamed = [9, 1, ZERO, CURSOR, [[7, 2, HASH], [8, 5, CHAIN]], SALT, content]
    last = [2**20 - 1, LAST, HASH, [EPOCH, LAST, CHAIN], [], SALT, content]
    for name, data, meaning in [
            ("first", first, "empty, before any commit"),
            ("second", second, "three units, after the change-set that hashes to `previous`"),
            ("with earlier names", renamed, "sealed again by a copy under its new number"),
            ("greatest numbers", last, "everything at its limit")]:
        file.good(kind, name, data, meaning, hash=header_hash(data),
                  partHash=sha(data[5] + data[6]).hex())

    def forge(name, index, forged, error, meaning, data=renamed, **more):
        file.bad(kind, name, at(index, MARK, data), error, meaning, forged=forged, **more)

    forge("replica 0", [0], 0, "outOfRange", "the centre seals nothing")
    forge("replica 2^20", [0], 2**20, "outOfRange", "20 bits")
    forge("number 0", [1], 0, "outOfRange", "change-sets count from 1")
    forge("number 2^53", [1], 2**53, "outOfRange", "a number ends at 2^53-1")
    forge("number 2^63-1", [1], 2**63 - 1, "outOfRange", "a number ends at 2^53-1")
    forge("commit 2^53", [3, 1], 2**53, "outOfRange", "a number ends at 2^53-1")
    forge("name with number 2^53", [4, 1, 1], 2**53, "outOfRange", "a number ends at 2^53-1")
    forge("previous of 31 bytes", [2], ZERO[:31], "wrongCount", "a hash is 32 bytes")
    forge("previous null", [2], None, "wrongType", "32 zero bytes before the first")
    forge("epoch of 15 bytes", [3, 0], EPOCH[:15], "wrongCount", "16 bytes")
    forge("commit -1", [3, 1], -1, "outOfRange", "0 before the first")
    forge("cursor of two items", [3], [EPOCH, 1], "wrongCount", "three items")
    forge("name of two items", [4, 0], [7, 2], "wrongCount", "three items")
    forge("name with replica 0", [4, 0, 0], 0, "outOfRange", "an office's number")
    forge("name with number 0", [4, 1, 1], 0, "outOfRange", "change-sets count from 1")
    forge("65 names", [4], [[7, 2, HASH]] * 65, "tooLong", "at most 64")
    forge("salt of 15 bytes", [5], SALT[:15], "wrongCount", "16 bytes")
    forge("content as an array", [6], CONTENT, "wrongType", "the content is a byte string")
    file.bad(kind, "six items", renamed[:6], "wrongCount", "seven items", at=0)
    file.bad(kind, "trailing bytes", cbor(first) + b"\xf6", "trailingBytes", "one byte too many",
             at=len(cbor(first)))

    kind = "commit"

    def chained(previous, number, time, replica, n, parts, unseen=()):
        hashes = sorted([sha(s + c) for _, s, c in parts] + list(unseen))
        chain = sha(cbor(["rientro commit", previous, number, time, replica, n, hashes]))
        return [number, time, replica, n, hashes, chain, parts]

    one = chained(ZERO, 1, NOW, 0, 1, [["", SALT, cbor([[EVERYONE], [], []])]])
    two = chained(one[5], 2, NOW + 5, 7, 2, [["MT-01", SALT, cbor([[WRITTEN], [GRANTED], []])]], [sha(b"unseen")])
    none = chained(two[5], 3, NOW + 5, 8, 1, [], [sha(b"unseen")])
    for name, data, previous, meaning in [
            ("act of the centre", one, ZERO, "for everyone"),
            ("change-set", two, one[5], "two parts, of which the reader gets one"),
            ("nothing for the reader", none, two[5], "the chain goes on all the same")]:
        file.good(kind, name, data, meaning, previous=previous.hex(), chain=data[5].hex())

    def commit(name, index, forged, error, meaning, data=two, **more):
        file.bad(kind, name, at(index, MARK, data), error, meaning, forged=forged, **more)

    commit("number 0", [0], 0, "outOfRange", "commits count from 1")
    commit("time before 1970", [1], -1, "outOfRange", "0 to 2^43-1")
    commit("time 2^43", [1], 2**43, "outOfRange", "a stamp could not hold it")
    commit("replica -1", [2], -1, "outOfRange", "0 is the centre")
    commit("change-set 0", [3], 0, "outOfRange", "counts from 1")
    commit("number 2^53", [0], 2**53, "outOfRange", "a number ends at 2^53-1")
    commit("change-set 2^53", [3], 2**53, "outOfRange", "a number ends at 2^53-1")
    commit("hash as text", [4, 0], "a" * 32, "wrongType", "a byte string")
    commit("portfolio with a space", [6, 0, 0], "MT 01", "invalidID", "a reference key or empty")
    commit("portfolio of 17 bytes", [6, 0, 0], "A" * 17, "tooLong", "at most 16")
    commit("part of two items", [6, 0], ["MT-01", SALT], "wrongCount", "three items")
    commit("more parts than hashes", [4], [], "contradiction", "each part's hash is there", at=0)

    kind = "cursor"
    file.good(kind, "cursor", CURSOR, "commit 41 of an epoch")
    file.good(kind, "start", START, "before the first commit")
    file.bad(kind, "chain of 33 bytes", [EPOCH, 1, MARK], "wrongCount", "a hash is 32 bytes",
             forged=ZERO + b"\0")
    file.good(kind, "last", [EPOCH, LAST, CHAIN], "the greatest number")
    file.bad(kind, "commit 2^53", [EPOCH, MARK, CHAIN], "outOfRange", "a number ends at 2^53-1",
             forged=2**53)
    file.bad(kind, "commit as text", [EPOCH, MARK, CHAIN], "wrongType", "an integer", forged="1")
    return file


def outcomes():
    file = File("outcomes", "Items of outcomes: what was corrected or refused.")
    kind = "outcome-items"
    corrected = [21, uid(DEBTOR), 3, None, stamp(NOW * 2, 7), stamp(NOW, 7), ["+39 0835 1234"]]
    refused = [21, uid(DEBTOR), 0, 1, None, None, None]
    file.good(kind, "none", [], "everything went through")
    file.good(kind, "correction", [corrected], "the stamp was too far ahead")
    file.good(kind, "refused row", [refused], "not_in_portfolio, a ledger row")
    file.good(kind, "every reason", [at([3], r, refused) for r in range(1, 7)], "1 to 6")

    def forge(name, index, forged, error, meaning):
        file.bad(kind, name, at([0, *index], MARK, [corrected]), error, meaning, forged=forged)

    forge("reason 0", [3], 0, "outOfRange", "reasons count from 1")
    forge("reason 7", [3], 7, "outOfRange", "version 1 knows six")
    forge("reason as text", [3], "too_large", "wrongType", "reasons travel by number")
    forge("register -1", [2], -1, "outOfRange", "0 is the row")
    forge("table 0", [0], 0, "outOfRange", "a row has a table")
    forge("negative stamp", [4], -5, "outOfRange", "stamps count from 0")
    forge("values as text", [6], "x", "wrongType", "a list or null")
    return file
