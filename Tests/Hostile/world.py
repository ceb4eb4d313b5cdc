"""What all cases share: the server's port, codes for new offices, and an office that means no harm."""

import copy
import time

from office import Office
from wire import new_id

# Numbers at the ends of the ranges of wire.md, just inside and just outside.
EDGES = [-2**63 - 1, -2**63, -1, 0, 1, 2**20 - 1, 2**20, 2**43 - 1, 2**43, 2**53 - 1, 2**53,
         2**63 - 1, 2**63, 2**64 - 1]


class World:
    """`codes`: one-time codes for each portfolio, as many as the cases need."""

    def __init__(self, port, codes):
        self.port, self.codes = port, {name: list(given) for name, given in codes.items()}
        self.here, self.elsewhere = list(codes)
        self.witness = self.office()
        self.accounts = self.witness.ids("account")
        self.stranger = self.office(self.elsewhere)

    def office(self, portfolio=None):
        """A new office of a portfolio, with a number and a token of its own."""
        return Office(self.port, self.codes[portfolio or self.here].pop())

    def apart(self):
        """This for another process: with connections of its own, and one of the codes."""
        other = copy.copy(self)
        other.codes = {self.here: [self.codes[self.here].pop()]}
        for name in ["witness", "stranger"]:
            office = copy.copy(getattr(self, name))
            office.connection = None
            setattr(other, name, office)
        return other

    def others_work(self):
        """Another office writes, and reads what it wrote: nobody's business but its own."""
        account, id_ = self.accounts[-1], new_id()
        outcome = self.witness.push(self.witness.note(account, "as always", id_=id_))
        assert isinstance(outcome, list) and outcome[1:] == [0, []], f"another office: {outcome}"
        assert self.witness.row("contact_attempt", id_) is not None, "its note is not there"

    def later(self, account, text):
        """A word of another office after what was sent; true where that stands."""
        stamp = int(time.time() * 1000)
        outcome = self.witness.push(self.witness.status(account, text, milliseconds=stamp))
        assert isinstance(outcome, list) and outcome[1] == 0, f"another office: {outcome}"
        return text in repr(self.witness.row("account", account))


def expect(answer, *statuses):
    assert answer.status in statuses, f"{answer} where one of {statuses} was due"
    return answer


def told(outcome):
    """Whether a push was refused: as a whole, or in each of its rows."""
    if not isinstance(outcome, list):
        expect(outcome, 400)
        return True
    return outcome[1] in (2, 3) or any(item[3] is not None for item in outcome[2])
