"""tokenizer.json and tokenizer_config.json made from the metadata of a GGUF file (byte-level BPE only)."""
import json

from .config import UnsupportedCheckpoint
from .gguf_source import metadata

CONTROL, USER_DEFINED = 3, 4  # llama.cpp's token types

BYTE_LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}


def pre_tokenizer(kind):
    """The splits that llama.cpp names by `tokenizer.ggml.pre`."""
    if kind == "gpt-2":
        return BYTE_LEVEL
    if kind in ("smollm", "starcoder", "refact", "command-r"):  # every digit stands alone
        return {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": True}, BYTE_LEVEL]}
    raise UnsupportedCheckpoint(f"tokenizer.ggml.pre '{kind}': only gpt-2 and smollm splits can be exported")


def write_tokenizer(gguf_file, folder):
    from gguf import GGUFReader

    meta = metadata(GGUFReader(str(gguf_file)))
    if meta.get("tokenizer.ggml.model") != "gpt2":
        raise UnsupportedCheckpoint(
            f"tokenizer.ggml.model '{meta.get('tokenizer.ggml.model')}': only gpt2 (byte-level BPE) can be exported")
    _dump(folder / "tokenizer.json", tokenizer_json(meta))
    _dump(folder / "tokenizer_config.json", tokenizer_config(meta))


def tokenizer_json(meta):
    tokens, types = meta["tokenizer.ggml.tokens"], meta["tokenizer.ggml.token_type"]
    added = [{"id": index, "content": token, "single_word": False, "lstrip": False, "rstrip": False,
              "normalized": False, "special": types[index] == CONTROL}
             for index, token in enumerate(tokens) if types[index] in (CONTROL, USER_DEFINED)]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": pre_tokenizer(meta.get("tokenizer.ggml.pre", "default")),
        "post_processor": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {
            "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
            "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
            "vocab": {token: index for index, token in enumerate(tokens)},
            "merges": [merge.split(" ") for merge in meta["tokenizer.ggml.merges"]],
        },
    }


def tokenizer_config(meta):
    tokens = meta["tokenizer.ggml.tokens"]

    def named(role):
        index = meta.get(f"tokenizer.ggml.{role}_token_id")
        return None if index is None else tokens[index]

    return {
        "tokenizer_class": "GPT2TokenizerFast",
        "add_prefix_space": False,
        "add_bos_token": meta.get("tokenizer.ggml.add_bos_token", False),
        "clean_up_tokenization_spaces": False,
        "model_max_length": meta["llama.context_length"],
        "bos_token": named("bos"),
        "eos_token": named("eos"),
        "unk_token": named("unknown"),
        "pad_token": named("padding"),
        "chat_template": meta.get("tokenizer.chat_template"),
    }


def _dump(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
