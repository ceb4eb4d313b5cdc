"""Floods of each bound. What one office sends without end must keep no other one waiting."""

import multiprocessing
import os
import threading
import time

from office import MESSAGE, Office
from wire import Connection, Content, cbor, sha
from world import expect

FLOODS = []


def flood(claim):
    def add(body):
        FLOODS.append((claim, body))
        return body
    return add


class Crowd:
    """Threads that do one thing until they are told to stop; what was answered is counted."""

    def __init__(self):
        self.threads, self.statuses, self.stopped = [], {}, threading.Event()
        self.lock, self.retries = threading.Lock(), 0

    def note(self, answer):
        with self.lock:
            status = answer.status if answer is not None else 0
            self.statuses[status] = self.statuses.get(status, 0) + 1
            if status == 429:
                assert int(answer.fields["retry-after"]) > 0, answer
                self.retries += 1

    def add(self, body, *arguments):
        def run():
            while not self.stopped.is_set():
                try:
                    body(*arguments)
                except (OSError, AssertionError):
                    # A connection that the server closed; the next one is another attempt.
                    time.sleep(0.01)
        thread = threading.Thread(target=run, daemon=True)
        self.threads.append(thread)
        thread.start()

    def end(self):
        self.stopped.set()
        for thread in self.threads:
            thread.join(timeout=60)


def twin(office):
    """The same office on a connection of its own."""
    other = Office.__new__(Office)
    other.__dict__ |= office.__dict__ | {"connection": None}
    return other


@flood("long polls of one token")
def long_polls(world, crowd, strength):
    office = world.office()

    def wait(one):
        answer = one.sync(k9=50)
        crowd.note(answer)
        if answer.status == 200:
            # Else there is always something to say, and nobody waits.
            one.cursor = answer.message[6]
    for _ in range(40 * strength):
        crowd.add(wait, twin(office))
    return [], 429


@flood("large bodies of clients without a token")
def unknown_bodies(world, crowd, strength):
    size = (5 << 20) - 1

    def push():
        connection = Connection(world.port)
        connection.send(b"POST /v1/sync HTTP/1.1\r\nHost: a\r\nContent-Type: application/cbor\r\n"
                        b"Authorization: Bearer " + b"0" * 64 + b"\r\n"
                        b"Content-Length: %d\r\n\r\n" % size)
        answer = connection.answer()
        crowd.note(answer)
        connection.close()
    for _ in range(8 * strength):
        crowd.add(push)
    # These send all that they can, and take no answer.
    sockets = []
    for _ in range(51):
        connection = Connection(world.port)
        try:
            connection.send(b"POST /v1/sync HTTP/1.1\r\nHost: a\r\n"
                            b"Content-Type: application/cbor\r\n"
                            b"Content-Length: %d\r\n\r\n" % size + b"x" * (1 << 20))
        except OSError:
            pass
        sockets.append(connection)
    return sockets, 401


@flood("bodies of a known office that never end")
def endless_bodies(world, crowd, strength):
    office, sockets = world.office(), []
    for _ in range(20 * strength):
        connection = Connection(world.port)
        lines = MESSAGE + office.bearer + [("Content-Length", str(5 << 20))]
        connection.send(b"POST /v1/sync HTTP/1.1\r\nHost: a\r\n" + b"".join(
            f"{n}: {v}\r\n".encode() for n, v in lines) + b"\r\nx")
        sockets.append(connection)

    def push():
        connection = Connection(world.port)
        connection.send(b"POST /v1/sync HTTP/1.1\r\nHost: a\r\n" + b"".join(
            f"{n}: {v}\r\n".encode() for n, v in lines) + b"\r\n")
        crowd.note(connection.answer())
        connection.close()
    crowd.add(push)
    return sockets, 429


@flood("digests of one token")
def digests(world, crowd, strength):
    office = world.office()

    def ask(one):
        crowd.note(one.get("/v1/digest"))
    for _ in range(15 * strength):
        crowd.add(ask, twin(office))
    return [], 429


@flood("snapshots by their first byte, and empty change-sets")
def snapshots(world, crowd, strength):
    office = world.office()

    def ask(one):
        crowd.note(one.get("/v1/snapshot", [("Range", "bytes=0-0")]))

    def push():
        office.push(cbor([[], [], []]))
    for _ in range(8 * strength):
        crowd.add(ask, twin(office))
    crowd.add(push)
    return [], 429


@flood("pushes of one token")
def pushes(world, crowd, strength):
    office = world.office()

    def push(one, body):
        crowd.note(one.post("/v1/sync", body))
    for _ in range(10 * strength):
        content = office.note(world.accounts[0], "x" * 100)
        for account in world.accounts[:3]:
            for _ in range(40):
                office.note(account, "x" * 1_000, content=content)
        set_, head = office.sealed(content)
        # Encoded once, and little asked for: the server is to be busy, and not this program.
        crowd.add(push, twin(office), cbor(office.request([set_], k3=head, k8=1)))
    return [], 429


@flood("refused rows of one token")
def refusals(world, crowd, strength):
    office, theirs = world.office(), world.stranger.ids("account")[0]

    def push():
        content = office.note(theirs)
        for _ in range(1_000):
            office.note(theirs, content=content)
        outcome = office.push(content)
        crowd.note(outcome if not isinstance(outcome, list) else Ok)
    crowd.add(push)
    return [], 200


@flood("conflicts of one token")
def conflicts(world, crowd, strength):
    office, number = world.office(), world.witness.number_of("debtor")
    register = next(r["number"] for r in office.table("debtor")["registers"]
                    if r.get("rule") == "kept" and len(r.get("columns", [0])) == 1)
    debtors, begun, count = office.ids("debtor"), int(time.time() * 1000), [0]

    def push():
        content, count[0] = Content(), count[0] + 1
        for index, debtor in enumerate(debtors):
            # Behind the first a stamp is said by what lies between.
            stamp = [begun + count[0], office.number] if index == 0 else 0
            base = [1, office.number] if index == 0 else 0
            write = [stamp, True, base, f"n{count[0]}"]
            content.record((number, debtor), number, debtor, {register: write})
        outcome = office.push(content)
        crowd.note(outcome if not isinstance(outcome, list) else Ok)
    crowd.add(push)
    return [], 200


class Ok:
    status, fields = 200, {}


@flood("connections on which nothing is asked")
def connections(world, crowd, strength):
    return [Connection(world.port) for _ in range(600 * min(strength, 2))], None


@flood("guesses of enrolment codes")
def guesses(world, crowd, strength):
    source = f"192.0.2.{os.urandom(1)[0]}"

    def guess():
        connection = Connection(world.port)
        request = {0: 1, 1: "AAAAA-AAAAA-AAAAA-AAAAA", 2: sha(os.urandom(8)), 3: os.urandom(16)}
        crowd.note(connection.ask("POST", "/v1/enrol", MESSAGE + [("X-Forwarded-For", source)],
                                  cbor(request)))
        connection.close()
    for _ in range(10 * strength):
        crowd.add(guess)
    return [], 429


def attack(body, world, strength, pipe):
    """The flood, in a process of its own: its threads must not be what the other office waits for."""
    crowd = Crowd()
    sockets, due = body(world, crowd, strength)
    pipe.send(due)
    pipe.recv()
    crowd.end()
    for connection in sockets:
        connection.close()
    pipe.send(crowd.statuses)


def run(world, strength, seconds):
    """Runs each flood; yields its claim, the times of another office's syncs, and what it got."""
    for claim, body in FLOODS:
        ours, theirs = multiprocessing.Pipe()
        child = multiprocessing.Process(
            target=attack, args=(body, world.apart(), strength, theirs), daemon=True)
        child.start()
        due, times, fault = ours.recv(), [], None
        until = time.monotonic() + seconds
        try:
            while time.monotonic() < until or len(times) < 3:
                begun = time.monotonic()
                if len(times) % 4 == 3:
                    world.others_work()
                else:
                    expect(world.witness.sync(), 200)
                times.append(time.monotonic() - begun)
                time.sleep(0.02)
        except (AssertionError, OSError) as error:
            fault = f"another office: {error}"
        ours.send("stop")
        statuses = ours.recv()
        child.join()
        if fault is None and due is not None and due not in statuses:
            fault = f"{due} was never answered: {statuses}"
        if fault is None and any(500 <= status for status in statuses):
            fault = f"the server failed: {statuses}"
        yield claim, times, statuses, fault
