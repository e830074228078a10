"""``python -m devtools.translation``; see :mod:`devtools.translation.catalogue`."""

import sys

from devtools.translation.catalogue import main

sys.exit(main(sys.argv[1:]))
