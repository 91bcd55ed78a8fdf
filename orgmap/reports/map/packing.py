"""Arrays and lists of words as one compressed value of the database, and back."""

import json
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from orgmap.core.squeezed import squeezed, unsqueezed

Array = npt.NDArray[np.generic]


def pack(arrays: Mapping[str, Array], lists: Mapping[str, list[str]]) -> bytes:
    """Named arrays and lists of words, compressed. Quick rather than small."""
    shapes = {name: [array.dtype.str, list(array.shape)] for name, array in arrays.items()}
    head = json.dumps({"arrays": shapes, "lists": dict(lists)}, ensure_ascii=False).encode()
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays.values())
    return squeezed(len(head).to_bytes(4, "big") + head + body)


def unpack(packed: bytes) -> tuple[dict[str, Array], dict[str, list[str]]]:
    """What `pack` was given."""
    raw = unsqueezed(packed)
    start = 4 + int.from_bytes(raw[:4], "big")
    head = json.loads(raw[4:start])
    arrays: dict[str, Array] = {}
    for name, (dtype, shape) in head["arrays"].items():
        count = int(np.prod(shape, dtype=np.int64))
        arrays[name] = np.frombuffer(raw, dtype=dtype, count=count, offset=start).reshape(shape)
        start += count * np.dtype(dtype).itemsize
    return arrays, head["lists"]
