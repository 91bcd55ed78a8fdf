"""Long values of the database, compressed."""

import json
import zlib
from typing import Any

import zstandard

LEVEL = 1
"""Quick: four times as quick as zlib at its quickest, and smaller."""
ZLIB = b"\x78"
"""How values begin that were written before."""


def squeezed(plain: bytes | memoryview) -> bytes:
    """Compressed; the same for the same bytes."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(plain)


def unsqueezed(packed: bytes) -> bytes:
    """What `squeezed` was given, whichever version wrote it."""
    return zlib.decompress(packed) if packed.startswith(ZLIB) else zstandard.ZstdDecompressor().decompress(packed)


def squeezed_json(value: Any) -> bytes:
    """A value as JSON, compressed: as a column of JSON, some megabytes take ten times as long to write."""
    return squeezed(json.dumps(value).encode())


def unsqueezed_json(packed: bytes) -> Any:
    """What `squeezed_json` was given."""
    return json.loads(unsqueezed(packed))
