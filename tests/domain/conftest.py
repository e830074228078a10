"""Before NumPy is loaded: the references multiply small matrices, where threads only wait."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
