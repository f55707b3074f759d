"""Moves outliers of the activations into the weights, before both are quantized to 8 bits (SmoothQuant, arXiv 2211.10438).

Channel j of a projection's input is divided by s[j], and row j of its weight multiplied by it. The division costs
nothing: it goes into what wrote the input, a norm's weight, the up projection or the value projection. In float32 the
model computes what it did before.
"""
from dataclasses import replace

import numpy as np

ALPHA = 0.55  # how much of the outliers moves, 0 none, 1 all; 0.3, 0.5, 0.65 and 0.8 were worse (RESULTS-export.md)


def smooth(checkpoint, largest, alpha=ALPHA):
    """`largest`: projection -> largest magnitude of each input channel (activations.py)."""
    tensors = dict(checkpoint.tensors)
    tensors.setdefault("lm_head.weight", checkpoint.embedding)
    for layer in range(checkpoint.config.num_layers):
        _layer(tensors, f"layers.{layer}.", largest, checkpoint.config, alpha)
    scales = _scales(largest["lm_head"], tensors, ["lm_head"], alpha)
    _fold(tensors, ["lm_head"], scales)
    tensors["norm.weight"] = tensors["norm.weight"] / scales
    return replace(checkpoint, tensors=tensors, config=replace(checkpoint.config, tied=False))


def _layer(tensors, prefix, largest, config, alpha):
    attention = [prefix + f"self_attn.{name}_proj" for name in "qkv"]
    gate, up, down = (prefix + f"mlp.{name}_proj" for name in ("gate", "up", "down"))
    for norm, projections, measured in (("input_layernorm", attention, "qkv_proj"),
                                        ("post_attention_layernorm", [gate, up], "gate_up_proj")):
        scales = _scales(largest[prefix + measured], tensors, projections, alpha)
        _fold(tensors, projections, scales)
        tensors[f"{prefix}{norm}.weight"] = tensors[f"{prefix}{norm}.weight"] / scales
    scales = _scales(largest[prefix + "down_proj"], tensors, [down], alpha)
    _fold(tensors, [down], scales)
    tensors[up + ".weight"] = tensors[up + ".weight"] / scales[:, None]
    _output(tensors, prefix, largest[prefix + "o_proj"], config, alpha)


def _output(tensors, prefix, measured, config, alpha):
    """The query heads of a group read the same value channel, so they share its scale."""
    output, value = prefix + "self_attn.o_proj", prefix + "self_attn.v_proj"
    heads = (config.num_kv_heads, config.num_heads // config.num_kv_heads, config.head_dim)
    scales = _scales(measured, tensors, [output], alpha).reshape(heads)
    shared = np.exp(np.log(scales).mean(axis=1, keepdims=True))
    _fold(tensors, [output], np.broadcast_to(shared, heads).reshape(-1))
    tensors[value + ".weight"] = tensors[value + ".weight"] / shared.reshape(-1)[:, None]


def _scales(measured, tensors, projections, alpha):
    weight = np.max([np.abs(tensors[name + ".weight"]).max(axis=0) for name in projections], axis=0)
    scales = np.maximum(measured, 1e-5) ** alpha / np.maximum(weight, 1e-5) ** (1 - alpha)
    return (scales / np.exp(np.log(scales).mean())).astype(np.float32)  # around 1, so that float32 loses nothing


def _fold(tensors, projections, scales):
    for name in projections:
        tensors[name + ".weight"] = tensors[name + ".weight"] * scales
