"""Weights in fewer bits: blocks of 32 for MatMulNBits, one scale per column for w8a8."""
import numpy as np

BLOCK = 32
CLIPPINGS = (1, 0.93, 0.86, 0.8)  # shares of a block's range that 4 bits may be spread over


def blocks8(weight):
    """[in, out] float32 -> (uint8 [out, blocks, 32], scales [out, blocks]), symmetric around 128."""
    grouped = _grouped(weight)
    scales = np.abs(grouped).max(axis=2, keepdims=True) / np.float32(127)
    scales = np.where(scales == 0, np.float32(1), scales)
    codes = np.clip(np.rint(grouped / scales), -127, 127) + 128
    return codes.astype(np.uint8), scales[:, :, 0]


def blocks4(weight, importance=None):
    """[in, out] float32 -> (packed uint8 [out, blocks, 16], scales [out, blocks], packed zero points).

    Of a few clippings and zero points each block takes the one with the least squared error, a channel's error counted
    by `importance` (mean square of the activation it meets), and fits the scale to the codes by least squares.
    """
    grouped = _grouped(weight)
    per_input = np.ones((weight.shape[0], 1), np.float32) if importance is None else importance.reshape(-1, 1)
    counts = _grouped(per_input.astype(np.float32))
    high = np.maximum(grouped.max(axis=2, keepdims=True), 0)
    low = np.minimum(grouped.min(axis=2, keepdims=True), 0)
    best = None
    for clipping in CLIPPINGS:
        scale = (high - low) * np.float32(clipping / 15)
        scale = np.where(scale == 0, np.float32(1), scale)
        middle = np.rint(-low * np.float32(clipping) / scale)
        for shift in (0, 1, -1):
            found = _fit(grouped, counts, scale, np.clip(middle + shift, 0, 15))
            best = found if best is None else [np.where(found[0] < best[0], new, old) for new, old in zip(found, best)]
    _, scales, zeros, codes = best
    codes, zeros = codes.astype(np.uint8), zeros[:, :, 0].astype(np.uint8)
    if zeros.shape[1] % 2:
        zeros = np.pad(zeros, ((0, 0), (0, 1)))
    return _nibbles(codes), scales[:, :, 0].astype(np.float32), _nibbles(zeros)


def _fit(grouped, counts, scale, zero):
    """[error, scale, zero point, codes] of one candidate."""
    codes = np.clip(np.rint(grouped / scale) + zero, 0, 15)
    steps = codes - zero
    power = (steps * steps * counts).sum(axis=2, keepdims=True)
    fitted = np.where(power > 0, (steps * grouped * counts).sum(axis=2, keepdims=True) / np.maximum(power, 1e-20), scale)
    error = (np.square(steps * fitted - grouped) * counts).sum(axis=2, keepdims=True)
    return [error, fitted, zero, codes]


def _grouped(weight):
    """[in, out] -> [out, blocks, BLOCK], zeros behind the end."""
    inputs, outputs = weight.shape
    count = -(-inputs // BLOCK)
    padded = np.zeros((outputs, count * BLOCK), np.float32)
    padded[:, :inputs] = weight.T
    return padded.reshape(outputs, count, BLOCK)


def _nibbles(values):
    return values[..., 0::2] | (values[..., 1::2] << 4)  # low nibble first


def columns(weight):
    """[in, out] float32 -> (int8 [in, out], one scale per output column), symmetric, -128 unused."""
    scales = (np.abs(weight).max(axis=0) / 127).astype(np.float32)
    scales[scales == 0] = 1
    return np.clip(np.rint(weight / scales), -127, 127).astype(np.int8), scales
