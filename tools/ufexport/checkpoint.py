"""Reads a checkpoint, Hugging Face folder or GGUF file, into float32 arrays under Hugging Face's names."""
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .config import LlamaConfig, UnsupportedCheckpoint


@dataclass(frozen=True)
class Checkpoint:
    config: LlamaConfig
    tensors: dict  # name without "model." -> float32 array, linear layers as [out, in]
    origin: str  # what the weights were stored as, for reports

    def linear(self, layer, *names):
        """Projections of one layer side by side, as the [in, out] matrix a MatMul takes."""
        rows = [self.tensors[f"layers.{layer}.{name}.weight"] for name in names]
        return np.ascontiguousarray(np.concatenate(rows, axis=0).T)

    def norm(self, layer, name):
        return self.tensors[f"layers.{layer}.{name}.weight"]

    @property
    def embedding(self):
        return self.tensors["embed_tokens.weight"]

    @property
    def lm_head(self):
        """[vocab, hidden]; the embedding itself when the two are tied."""
        return self.embedding if self.config.tied else self.tensors["lm_head.weight"]


def load(path):
    """Opens a .gguf file or a folder with config.json and safetensors."""
    path = Path(path)
    if path.suffix == ".gguf":
        from .gguf_source import load_gguf

        return load_gguf(path)
    return _load_folder(path)


def _load_folder(folder):
    from safetensors import safe_open

    config = LlamaConfig.from_hf(json.loads((folder / "config.json").read_text()))
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise FileNotFoundError(f"no *.safetensors in {folder.name}")
    tensors, kinds = {}, set()
    for file in files:
        with safe_open(file, framework="numpy") as source:
            for name in source.keys():
                array, kind = _read(source, file, name)
                kinds.add(kind)
                tensors[name.removeprefix("model.")] = array
    _check_complete(config, tensors)
    return Checkpoint(config, tensors, "+".join(sorted(kinds)))


def _read(source, file, name):
    kind = source.get_slice(name).get_dtype()
    if kind == "BF16":  # numpy has no bfloat16: take the bits and put them in a float's upper half
        return _read_bf16(file, name), kind
    return source.get_tensor(name).astype(np.float32), kind


def _read_bf16(file, name):
    with open(file, "rb") as raw:
        size = int.from_bytes(raw.read(8), "little")
        entry = json.loads(raw.read(size))[name]
        start, end = entry["data_offsets"]
        raw.seek(8 + size + start)
        bits = np.frombuffer(raw.read(end - start), np.uint16)
    return (bits.astype(np.uint32) << 16).view(np.float32).reshape(entry["shape"])


def _check_complete(config, tensors):
    """A missing tensor or one we would silently drop is an error."""
    parts = ["input_layernorm", "post_attention_layernorm", "self_attn.q_proj", "self_attn.k_proj",
             "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"]
    wanted = {"embed_tokens.weight", "norm.weight"}
    wanted |= {f"layers.{layer}.{part}.weight" for layer in range(config.num_layers) for part in parts}
    wanted |= set() if config.tied else {"lm_head.weight"}
    missing = sorted(wanted - set(tensors))
    harmless = {name for name in tensors if name.endswith("rotary_emb.inv_freq") or name == "lm_head.weight"}
    extra = sorted(set(tensors) - wanted - harmless)
    if missing or extra:
        raise UnsupportedCheckpoint(f"missing tensors {missing[:5]}, tensors with no place in a Llama {extra[:5]}")
