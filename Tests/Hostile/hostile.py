#!/usr/bin/env python3
"""A hostile client, written from the specification alone, against a real server on loopback.

    hostile.py [--floods SECONDS] [--strength N] < WORLD

WORLD is JSON: {"port": 8080, "codes": {"MATERA": [code …], "POTENZA": [code …]}}; the first
portfolio has four accounts at least. Prints one line of JSON for each case and flood, and ends with
0 where all of them stand. With --floods another office's syncs are timed for so many seconds in
each flood; --strength 4 is the long form.
"""

import argparse
import json
import sys
import traceback

import floods
from cases import CASES
from world import World


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--floods", type=float)
    parser.add_argument("--strength", type=int, default=1)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    given = json.load(sys.stdin)
    world, all_stand = World(given["port"], given["codes"]), True

    def say(claim, fault, **more):
        nonlocal all_stand
        all_stand = all_stand and fault is None
        print(json.dumps({"claim": claim, "fault": fault, **more}), flush=True)

    if options.floods is None:
        for claim, body in CASES:
            if options.only not in claim:
                continue
            fault = None
            try:
                body(world)
                world.others_work()
            except Exception:
                fault = traceback.format_exc(limit=-2)
            say(claim, fault)
    else:
        floods.FLOODS[:] = [f for f in floods.FLOODS if options.only in f[0]]
        for claim, times, statuses, fault in floods.run(world, options.strength, options.floods):
            ordered = sorted(times)
            p99 = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] if ordered else None
            say(claim, fault, syncs=len(times), p99_ms=p99 and round(p99 * 1000, 1),
                statuses={str(key): value for key, value in sorted(statuses.items())})
    sys.exit(0 if all_stand else 1)


if __name__ == "__main__":
    main()
