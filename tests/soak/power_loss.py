"""``python -m tests.soak.power_loss [--images N] [--seed N]``: as in CI, over many more images.

``--images`` are those of interviews; everything else that writes gets a tenth of that each.
"""

from __future__ import annotations

import argparse
import sys
import time

from fitcheck.domain.bank import Form
from tests.store import doings
from tests.store.power_loss import CONTROLS, SOUND, record, survey

CONTROL_IMAGES = 3_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.soak.power_loss", description=__doc__)
    parser.add_argument("--images", type=int, default=300_000, metavar="N", help="power cuts")
    parser.add_argument("--seed", type=int, default=7, metavar="N", help="another for other images")
    options = parser.parse_args()
    good = True
    forms = (Form.FULL, Form.EVENT)
    for more, form in enumerate(forms):
        began = time.process_time()
        found = survey(record(form), options.images // len(forms), options.seed + more)
        spent = time.process_time() - began
        print(f"counted: {form.value} form: {found}; {spent:.0f} s of CPU", flush=True)
        good = good and set(found.verdicts) == {SOUND}
    for doing in doings.DOINGS:
        began = time.process_time()
        done = doings.survey(doings.record(doing), options.images // 10, options.seed)
        spent = time.process_time() - began
        print(f"counted: {doing.name}: {doings.told(done)}; {spent:.0f} s of CPU", flush=True)
        good = good and set(done) == {SOUND, doings.DIFFERENT}
    for journal, pragmas in CONTROLS.items():
        found = survey(record(Form.FULL, pragmas), CONTROL_IMAGES, options.seed)
        caught = set(found.verdicts) != {SOUND}
        print(f"counted: {journal}, which must be caught: {found}", flush=True)
        good = good and caught
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
