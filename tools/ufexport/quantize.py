"""Weights in fewer bits: blocks of 32 for MatMulNBits, one scale per column for w8a8."""
import numpy as np

BLOCK = 32


def blocks(weight, bits):
    """[in, out] float32 -> (packed uint8 [out, blocks, BLOCK * bits / 8], scales [out, blocks]), symmetric."""
    inputs, outputs = weight.shape
    count = -(-inputs // BLOCK)
    padded = np.zeros((outputs, count * BLOCK), np.float32)
    padded[:, :inputs] = weight.T
    grouped = padded.reshape(outputs, count, BLOCK)
    scales = _scales8(grouped) if bits == 8 else _scales4(grouped)
    middle = 1 << (bits - 1)
    codes = (np.clip(np.rint(grouped / scales), -middle, middle - 1) + middle).astype(np.uint8)
    if bits == 4:
        codes = codes[:, :, 0::2] | (codes[:, :, 1::2] << 4)  # low nibble first
    return codes, scales[:, :, 0]


def _scales8(grouped):
    scales = np.abs(grouped).max(axis=2, keepdims=True) / 127
    return np.where(scales == 0, 1, scales).astype(np.float32)


def _scales4(grouped):
    """Of a few clippings, and both signs since -8 reaches further than 7, the one with least squared error."""
    largest = np.take_along_axis(grouped, np.abs(grouped).argmax(axis=2)[..., None], axis=2)
    best, best_error = np.ones_like(largest), np.full_like(largest, np.inf)
    for full_scale in (-8, -7.6, -7.2, -6.8, 7, 7.4):
        scales = largest / full_scale
        scales = np.where(scales == 0, 1, scales).astype(np.float32)
        error = np.square(np.clip(np.rint(grouped / scales), -8, 7) * scales - grouped).sum(axis=2, keepdims=True)
        best = np.where(error < best_error, scales, best)
        best_error = np.minimum(error, best_error)
    return best


def columns(weight):
    """[in, out] float32 -> (int8 [in, out], one scale per output column), symmetric, -128 unused."""
    scales = (np.abs(weight).max(axis=0) / 127).astype(np.float32)
    scales[scales == 0] = 1
    return np.clip(np.rint(weight / scales), -127, 127).astype(np.int8), scales
