"""Reads a llama.cpp GGUF file: weights dequantized to float32, and a config.json made from its metadata."""
from collections import Counter

import numpy as np

from .checkpoint import Checkpoint, _check_complete
from .config import LlamaConfig, UnsupportedCheckpoint

LAYER_NAMES = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
TOP_NAMES = {"token_embd": "embed_tokens", "output_norm": "norm", "output": "lm_head"}


def load_gguf(path):
    from gguf import GGUFReader

    reader = GGUFReader(str(path))
    tied = all(tensor.name != "output.weight" for tensor in reader.tensors)
    config = LlamaConfig.from_hf(hf_config(metadata(reader), tied))
    tensors = {}
    for tensor in reader.tensors:
        if tensor.name == "rope_freqs.weight":
            raise UnsupportedCheckpoint("rope_freqs.weight: scaled rotary frequencies of a GGUF cannot be exported")
        name = hf_name(tensor.name)
        tensors[name] = unpermute(name, dequantize(tensor), config)
    _check_complete(config, tensors)
    kinds = Counter(tensor.tensor_type.name for tensor in reader.tensors)
    return Checkpoint(config, tensors, "GGUF " + "+".join(kind for kind, _ in kinds.most_common()))


def metadata(reader):
    return {key: value.contents() for key, value in reader.fields.items() if not key.startswith("GGUF.")}


def dequantize(tensor):
    from gguf import quants

    return np.ascontiguousarray(quants.dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)


def hf_name(name):
    parts = name.split(".")
    if parts[0] == "blk" and parts[2] in LAYER_NAMES and parts[3:] == ["weight"]:
        return f"layers.{parts[1]}.{LAYER_NAMES[parts[2]]}.weight"
    if parts[0] in TOP_NAMES and parts[1:] == ["weight"]:
        return TOP_NAMES[parts[0]] + ".weight"
    raise UnsupportedCheckpoint(f"tensor '{name}' has no place in a Llama without biases")


def unpermute(name, weight, config):
    """llama.cpp stores Q and K rows pairwise interleaved for its rotary; Hugging Face keeps the two halves apart."""
    if not name.endswith(("q_proj.weight", "k_proj.weight")):
        return weight
    heads = config.num_heads if "q_proj" in name else config.num_kv_heads
    rows, columns = weight.shape
    pairs = weight.reshape(heads, rows // heads // 2, 2, columns)
    return np.ascontiguousarray(pairs.swapaxes(1, 2).reshape(rows, columns))


def hf_config(meta, tied):
    """The config.json that transformers would have had for these weights."""
    architecture = meta["general.architecture"]
    if architecture != "llama":
        raise UnsupportedCheckpoint(f"GGUF architecture '{architecture}': only 'llama' can be exported")
    if meta.get("llama.rope.scaling.type", "none") != "none":
        raise UnsupportedCheckpoint(f"GGUF rope scaling '{meta['llama.rope.scaling.type']}' cannot be exported")
    hidden, heads = meta["llama.embedding_length"], meta["llama.attention.head_count"]
    head_dim = meta.get("llama.attention.key_length", hidden // heads)
    if meta.get("llama.rope.dimension_count", head_dim) != head_dim:
        raise UnsupportedCheckpoint("partial rotary: llama.rope.dimension_count differs from the head size")
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": hidden,
        "intermediate_size": meta["llama.feed_forward_length"],
        "num_hidden_layers": meta["llama.block_count"],
        "num_attention_heads": heads,
        "num_key_value_heads": meta.get("llama.attention.head_count_kv", heads),
        "head_dim": head_dim,
        "vocab_size": len(meta["tokenizer.ggml.tokens"]),
        "max_position_embeddings": meta["llama.context_length"],
        "rms_norm_eps": float(f"{meta['llama.attention.layer_norm_rms_epsilon']:.6g}"),
        "rope_theta": meta.get("llama.rope.freq_base", 10000.0),
        "rope_scaling": None,
        "hidden_act": "silu",
        "attention_bias": False,
        "mlp_bias": False,
        "tie_word_embeddings": tied,
        "bos_token_id": meta.get("tokenizer.ggml.bos_token_id"),
        "eos_token_id": meta.get("tokenizer.ggml.eos_token_id"),
        "pad_token_id": meta.get("tokenizer.ggml.padding_token_id"),
        "torch_dtype": "float32",
    }
