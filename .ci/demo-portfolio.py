#!/usr/bin/env python3
"""Writes the demo's three hand-over files: one for each office, of a creditor of its own.

    demo-portfolio.py FOLDER [ACCOUNTS]

With ACCOUNTS it writes one file of so many accounts, for measuring. Matera works ENERGIA, Potenza ACQUA, Milano TELEFONIA: 1,200 accounts in all, about 2,000 open
items. Some people owe to two creditors, so two offices share them. The people do not exist; their
codici fiscali carry right check characters. The same files every time.
"""
import csv, datetime, pathlib, random, sys

OFFICES = [("matera", "ENERGIA", 500), ("potenza", "ACQUA", 400), ("milano", "TELEFONIA", 300)]
GIVEN = "Rosa Anna Lucia Carla Elena Marta Dario Paolo Mario Livio Bruno Fausto".split()
FAMILY = "Pace Greco Bruno Rizzo Leone Serra Marra Conte Villa Fontana Ricci Testa Basile".split()
TOWNS = [("Matera", "75100", "MT", "F052"), ("Potenza", "85100", "PZ", "G942"),
         ("Milano", "20121", "MI", "F205")]
STREETS = ["Via Roma", "Via Dante", "Corso Italia", "Via delle Beccherie", "Piazza Vittorio Veneto"]
# Values of the check character's odd positions, by the tax authority's table.
ODD = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
               [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20,
                11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]))
TODAY = datetime.date.today()


def letters(name, is_given):
    consonants = [c for c in name.upper() if c not in "AEIOU"]
    vowels = [c for c in name.upper() if c in "AEIOU"]
    if is_given and len(consonants) > 3:
        consonants = [consonants[0], consonants[2], consonants[3]]
    return "".join(consonants + vowels + ["X"] * 3)[:3]


def tax_code(family, given, born, town):
    day = born.day + (40 if given[-1] == "a" else 0)
    body = (letters(family, False) + letters(given, True) + f"{born:%y}"
            + "ABCDEHLMPRST"[born.month - 1] + f"{day:02d}" + town)
    total = sum(ODD[c] if i % 2 == 0 else int(c, 36) - (10 if c.isalpha() else 0)
                for i, c in enumerate(body))
    return body + chr(ord("A") + total % 26)


def person(random, number):
    town = random.choice(TOWNS)
    family, given = random.choice(FAMILY), random.choice(GIVEN)
    born = datetime.date(1950, 1, 1) + datetime.timedelta(days=random.randrange(18000))
    return {
        "customer_ref": f"K{number:06d}", "debtor_kind": "natural", "surname": family,
        "name": given, "codice_fiscale": tax_code(family, given, born, town[3]),
        "birth_date": f"{born:%d/%m/%Y}", "birth_place": town[0],
        "address": f"{random.choice(STREETS)} {random.randrange(1, 150)}", "cap": town[1],
        "city": town[0], "province": town[2], "country": "IT",
        "phone_1": f"+39 33{random.randrange(10)} {random.randrange(10**7):07d}",
        "email": f"{given}.{family}.{number}@example.it".lower(),
    }


def euro(cents):
    return f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"


def main():
    folder = pathlib.Path(sys.argv[1])
    offices = [("large", "ENERGIA", int(sys.argv[2]))] if len(sys.argv) > 2 else OFFICES
    source = random.Random(20261121)
    shared = [person(source, number) for number in range(40)]
    number = 1000
    for office, creditor, accounts in offices:
        rows, total = [], 0
        for case in range(1, accounts + 1):
            number += 1
            # The first forty of Matera and Milano are the same people.
            known = office != "potenza" and case <= len(shared)
            who = shared[case - 1] if known else person(source, number)
            for item in range(1, source.choice([1, 1, 2, 3]) + 1):
                due = TODAY - datetime.timedelta(days=source.choice([-10, 20, 45, 80, 110, 150, 300, 500]))
                cents = source.randrange(2500, 90000)
                total += cents
                rows.append(who | {
                    "lot_id": "DEMO-1", "principal_code": creditor,
                    "case_ref": f"{creditor}-{case:05d}",
                    "item_ref": f"{creditor}-{case:05d}-{item}", "item_kind": "invoice",
                    "doc_number": f"{source.randrange(10**5):05d}/{due.year}",
                    "doc_date": f"{due - datetime.timedelta(days=30):%d/%m/%Y}",
                    "due_date": f"{due:%d/%m/%Y}", "currency": "EUR",
                    "original_amount": euro(cents), "open_amount": euro(cents),
                    "dispute_flag": "N"})
        names = sorted({name for row in rows for name in row})
        with open(folder / f"{office}.csv", "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, names, delimiter=";", restval="")
            writer.writeheader()
            writer.writerows(rows)
        print(f"{office}.csv: {accounts} accounts, {len(rows)} items, {euro(total)} EUR")


main()
