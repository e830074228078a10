"""``python -m tests.soak.power_loss [--images N] [--seed N]``: as in CI, over many more images."""

from __future__ import annotations

import argparse
import sys
import time

from fitcheck.domain.bank import Form
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
        print(f"{form.value}: {found}; {time.process_time() - began:.0f} s of CPU", flush=True)
        good = good and set(found.verdicts) == {SOUND}
    for journal, pragmas in CONTROLS.items():
        found = survey(record(Form.FULL, pragmas), CONTROL_IMAGES, options.seed)
        caught = set(found.verdicts) != {SOUND}
        print(f"{journal}, which must be caught: {found}", flush=True)
        good = good and caught
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
