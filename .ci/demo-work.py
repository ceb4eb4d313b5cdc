#!/usr/bin/env python3
"""Writes three months of an office's work into its replica, as any program may: plain SQL.

    demo-work.py REPLICA SEED

Contacts in the hours in which people may be called, reasons for non-payment, promises, and
payments, of which some keep a promise. The same rows for the same seed and day.
"""
import datetime, random, sqlite3, sys

REASONS = (["invoice_not_received"] * 5 + ["forgot_due_date"] * 4 + ["income_loss"] * 4
           + ["billing_error"] * 3 + ["cost_increase"] * 2 + ["payment_not_registered"] * 2
           + ["illness", "separation", "bank_rejected", "service_failure", "strategic_delay",
              "business_downturn"])
OUTCOMES = ["NA"] * 7 + ["VM"] * 3 + ["BUSY", "WRONG"] + ["RPC"] * 4 + ["PTP"] * 4 + ["CB"]
TODAY = datetime.date.today()
DAYS = 90


def instant(day, hour, minute):
    """A local time as UTC, the form of the column."""
    local = datetime.datetime.combine(day, datetime.time(hour, minute)).astimezone()
    return local.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def working(day):
    while day.weekday() == 6:
        day += datetime.timedelta(days=1)
    return min(day, TODAY)


def main():
    path, seed = sys.argv[1], sys.argv[2]
    source = random.Random(seed)
    db = sqlite3.connect(path, timeout=30)
    accounts = db.execute("SELECT id, balance FROM accounts WHERE balance > 0 ORDER BY case_ref")
    person = seed.upper()
    with db:
        for account, balance in accounts.fetchall():
            left = balance
            for _ in range(source.choice([0, 1, 1, 2, 3, 5])):
                day = working(TODAY - datetime.timedelta(days=source.randrange(DAYS)))
                outcome = source.choice(OUTCOMES)
                channel = source.choice(["phone"] * 8 + ["sms", "email", "visit"])
                hour = source.choice([9, 9, 10, 10, 10, 11, 11, 12, 14, 15, 16, 17, 17, 18, 18, 19])
                spoke = outcome in ("RPC", "PTP")
                reason = source.choice(REASONS) if spoke and source.random() < 0.8 else None
                db.execute(
                    "INSERT INTO contact_attempt(account_id, channel, outcome, reason, operator,"
                    " started_at, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (account, channel, outcome, reason, person,
                     instant(day, hour, source.randrange(60)), "listened" if spoke else None))
                if outcome != "PTP" or left < 2000:
                    continue
                amount = max(2000, left // source.choice([1, 2, 3]) // 100 * 100)
                due = day + datetime.timedelta(days=source.choice([7, 10, 14, 21]))
                db.execute(
                    "INSERT INTO promise(account_id, amount, due_on, tolerance_days, made_on,"
                    " operator) VALUES (?, ?, ?, 2, ?, ?)",
                    (account, amount, due.isoformat(), day.isoformat(), person))
                paid = source.choice([amount] * 5 + [amount // 2] + [0] * 3)
                paid_on = due - datetime.timedelta(days=source.choice([0, 0, 1, 2, 5]))
                if paid and paid_on <= TODAY:
                    db.execute(
                        "INSERT INTO payment(account_id, amount, method, received_on, operator)"
                        " VALUES (?, ?, ?, ?, ?)",
                        (account, paid, source.choice(["bank_transfer", "postal_slip", "cash"]),
                         max(paid_on, day).isoformat(), person))
                    left -= paid
    print(f"{path}: " + ", ".join(
        f"{db.execute(f'SELECT count(*) FROM {table}').fetchone()[0]} {name}"
        for table, name in (("contact_attempt", "contacts"), ("promise", "promises"),
                            ("payment", "payments"))))


main()
