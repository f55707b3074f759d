"""External data of the graphs of one folder: equal bytes are written once, whichever graph asks for them."""
import hashlib

import numpy as np
from onnx import TensorProto, helper

INLINE_BELOW = 1024  # bytes; smaller tensors stay in the graph file
ALIGNMENT = 64  # a cache line, so that a mapped tensor starts on one


class TensorStore:
    """Writes tensors to data files beside the graphs and remembers where each content lies."""

    def __init__(self, folder):
        self.folder = folder
        self._places = {}  # content hash -> (file, offset, length)
        self._sizes = {}

    def tensor(self, name, array, file):
        """An initializer of that name; its bytes go to `file` unless some file of the folder has them already."""
        array = np.ascontiguousarray(array)
        data_type = helper.np_dtype_to_tensor_dtype(array.dtype)
        proto = TensorProto(name=name, data_type=data_type, dims=array.shape)
        raw = array.tobytes()
        if len(raw) < INLINE_BELOW:
            proto.raw_data = raw
            return proto
        location, offset, length = self._place(raw, file)
        proto.data_location = TensorProto.EXTERNAL
        for key, value in (("location", location), ("offset", offset), ("length", length)):
            proto.external_data.add(key=key, value=str(value))
        return proto

    def _place(self, raw, file):
        key = hashlib.sha256(raw).digest()
        if key not in self._places:
            offset = -(-self._sizes.get(file, 0) // ALIGNMENT) * ALIGNMENT
            fresh = file not in self._sizes
            with open(self.folder / file, "wb" if fresh else "ab") as out:
                out.write(bytes(offset - self._sizes.get(file, 0)))
                out.write(raw)
            self._places[key] = (file, offset, len(raw))
            self._sizes[file] = offset + len(raw)
        return self._places[key]
