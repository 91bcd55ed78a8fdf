"""Orgmap: how the departments of one organisation use social media."""

import os

__version__ = "0.1.0"

# Work is spread over processes. Threads of the linear algebra that wait for more to do would keep their cores from it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Memory comes in small pages. Huge ones are cleared whole, and a copy of the process makes small ones of them again.
os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
