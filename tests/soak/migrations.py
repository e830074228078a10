"""``python -m tests.soak.migrations [--prospects N]``: as in CI, of far larger books."""

from __future__ import annotations

import argparse
import sys
import time

from fitcheck.store.vault import Vault
from tests.store.ageing import add_events, make_hostile, multiply
from tests.store.doings import DIFFERENT, migration, record, survey, told
from tests.store.power_loss import SOUND, memory_folder
from tests.store.test_migrating_old_books import OLDER, aged
from tests.store.test_schemas import content, without_new


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.soak.migrations", description=__doc__)
    parser.add_argument("--prospects", type=int, default=100_000, metavar="N", help="in each book")
    parser.add_argument("--images", type=int, default=10_000, metavar="N", help="power cuts")
    options = parser.parse_args()
    good = True
    for kept_as in OLDER:
        with memory_folder() as place:
            folder, before = aged(
                kept_as,
                place / "book",
                lambda connection: multiply(connection, options.prospects // 2),
                lambda connection: add_events(connection, 10 * options.prospects),
                make_hostile,
            )
            began = time.process_time()
            vault = Vault.open(folder)
            spent = time.process_time() - began
            expected = {table: rows for table, rows in before.items() if table[:7] != "alembic"}
            whole = without_new(content(vault), before) == expected
            vault.close()
        numbers = f"{len(before['prospect'])} prospects, {len(before['event'])} events"
        state = "nothing missing" if whole else "NOT ALL OF IT IS THERE"
        print(f"counted: {kept_as.name}: {numbers}: {state}; {spent:.1f} s of CPU", flush=True)
        found = survey(record(migration(kept_as)), options.images, seed=5)
        print(f"counted: {kept_as.name}: {told(found)}", flush=True)
        good = good and whole and set(found) == {SOUND, DIFFERENT}
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
