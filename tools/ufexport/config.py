"""The shape of a Llama checkpoint, and the checks that say early what cannot be exported."""
from dataclasses import dataclass, field

import numpy as np


class UnsupportedCheckpoint(ValueError):
    """The checkpoint needs something the exporter does not write; the message names it."""


@dataclass(frozen=True)
class LlamaConfig:
    hidden_size: int
    num_layers: int
    num_heads: int
    num_kv_heads: int
    head_dim: int
    intermediate_size: int
    vocab_size: int
    max_positions: int
    rms_eps: float
    rope_theta: float
    rope_scaling: dict | None
    tied: bool
    raw: dict = field(repr=False)  # config.json as read or as written beside the graphs

    @property
    def qkv_width(self):
        return (self.num_heads + 2 * self.num_kv_heads) * self.head_dim

    @classmethod
    def from_hf(cls, raw):
        """Reads a Hugging Face config.json and refuses what the graphs would get wrong."""
        _refuse_unsupported(raw)
        heads = raw["num_attention_heads"]
        config = cls(
            hidden_size=raw["hidden_size"],
            num_layers=raw["num_hidden_layers"],
            num_heads=heads,
            num_kv_heads=raw.get("num_key_value_heads") or heads,
            head_dim=raw.get("head_dim") or raw["hidden_size"] // heads,
            intermediate_size=raw["intermediate_size"],
            vocab_size=raw["vocab_size"],
            max_positions=raw["max_position_embeddings"],
            rms_eps=raw["rms_norm_eps"],
            rope_theta=float(_rope(raw).get("rope_theta") or raw.get("rope_theta", 10000.0)),
            rope_scaling=_scaling(raw),
            tied=raw.get("tie_word_embeddings", False),
            raw=raw,
        )
        config._check_sizes()
        return config

    def _check_sizes(self):
        if self.num_heads % self.num_kv_heads:
            raise UnsupportedCheckpoint(
                f"num_attention_heads {self.num_heads} is not a multiple of num_key_value_heads {self.num_kv_heads}")
        if self.head_dim % 16:
            raise UnsupportedCheckpoint(
                f"head_dim {self.head_dim} is not a multiple of 16, which GroupQueryAttention with rotary needs")

    def inverse_frequencies(self):
        """Rotary frequencies in double precision, as transformers computes them, llama3 scaling applied."""
        exponent = np.arange(0, self.head_dim, 2, dtype=np.float64) / self.head_dim
        freqs = 1.0 / self.rope_theta ** exponent
        return freqs if self.rope_scaling is None else _llama3(freqs, self.rope_scaling)

    def rotary_tables(self):
        """cos and sin, float32 [max_positions, head_dim / 2]."""
        # transformers multiplies in float32; so do we, or position 2000 differs in the fourth digit.
        freqs = self.inverse_frequencies().astype(np.float32)
        angles = np.arange(self.max_positions, dtype=np.float32)[:, None] * freqs[None, :]
        return np.cos(angles), np.sin(angles)


def _rope(raw):
    return raw.get("rope_parameters") or raw.get("rope_scaling") or {}


def _scaling(raw):
    rope = _rope(raw)
    kind = rope.get("rope_type") or rope.get("type") or "default"
    if kind == "default":
        return None
    if kind != "llama3":
        raise UnsupportedCheckpoint(f"rope_scaling of type '{kind}': only 'llama3' and none can be exported")
    return rope


def _llama3(freqs, rope):
    """Long wavelengths are divided by the factor, short ones kept, those between blended."""
    low, high = rope["low_freq_factor"], rope["high_freq_factor"]
    original = rope["original_max_position_embeddings"]
    wavelength = 2 * np.pi / freqs
    blend = (original / wavelength - low) / (high - low)
    blended = (1 - blend) * freqs / rope["factor"] + blend * freqs
    scaled = np.where(wavelength > original / low, freqs / rope["factor"], freqs)
    medium = (wavelength >= original / high) & (wavelength <= original / low)
    return np.where(medium, blended, scaled)


def _refuse_unsupported(raw):
    kind = raw.get("model_type")
    if kind != "llama":
        raise UnsupportedCheckpoint(f"model_type '{kind}': only 'llama' can be exported")
    if raw.get("attention_bias") or raw.get("mlp_bias"):
        raise UnsupportedCheckpoint("attention_bias or mlp_bias is set: projections with a bias cannot be exported")
    if raw.get("hidden_act", "silu") != "silu":
        raise UnsupportedCheckpoint(f"hidden_act '{raw['hidden_act']}': only 'silu' can be exported")
    if raw.get("sliding_window"):
        raise UnsupportedCheckpoint("sliding_window is set: only full attention can be exported")
