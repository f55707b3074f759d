"""The model folder around the graphs: configuration files, tokenizer, chat template."""
import json
import shutil
from pathlib import Path

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "generation_config.json")


def write_companions(source, checkpoint, folder, default_graph, variant):
    """Writes everything but the graphs. `source` is the checkpoint's folder or its GGUF file."""
    source, folder = Path(source), Path(folder)
    _write_json(folder / "config.json", checkpoint.config.raw)
    if source.suffix == ".gguf":
        from .gguf_tokenizer import write_tokenizer

        write_tokenizer(source, folder)
    else:
        _copy_tokenizer(source, folder)
    generation = folder / "generation_config.json"
    if not generation.exists():
        wanted = ("bos_token_id", "eos_token_id", "pad_token_id")
        _write_json(generation, {key: checkpoint.config.raw.get(key) for key in wanted})
    special = json.loads(generation.read_text())
    _write_json(folder / "genai_config.json", genai_config(checkpoint.config, special, default_graph, variant))


def _copy_tokenizer(source, folder):
    for name in TOKENIZER_FILES:
        if (source / name).exists():
            shutil.copyfile(source / name, folder / name)
    template = source / "chat_template.jinja"  # where newer versions of transformers keep it
    settings_file = folder / "tokenizer_config.json"
    if template.exists() and settings_file.exists():
        settings = json.loads(settings_file.read_text())
        settings.setdefault("chat_template", template.read_text())
        _write_json(settings_file, settings)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        if not (folder / name).exists():
            raise FileNotFoundError(f"{name} is missing in {source.name}")


def genai_config(config, special, default_graph, variant):
    """What onnxruntime-genai reads; it can run the graphs of style "genai", ours have inputs it does not know."""
    inputs = {"input_ids": "input_ids"}
    if not variant.selects_rows:
        inputs["attention_mask"] = "attention_mask"
    if variant.attention == "plain":
        inputs["position_ids"] = "position_ids"
    inputs |= {"past_key_names": "past_key_values.%d.key", "past_value_names": "past_key_values.%d.value"}
    outputs = {"logits": "logits", "present_key_names": "present.%d.key", "present_value_names": "present.%d.value"}
    return {
        "model": {
            "type": "llama",
            "context_length": config.max_positions,
            "vocab_size": config.vocab_size,
            **_special_ids(special),
            "decoder": {
                "filename": default_graph,
                "head_size": config.head_dim,
                "hidden_size": config.hidden_size,
                "num_attention_heads": config.num_heads,
                "num_hidden_layers": config.num_layers,
                "num_key_value_heads": config.num_kv_heads,
                "session_options": {"provider_options": []},
                "inputs": inputs,
                "outputs": outputs,
            },
        },
        "search": {
            "do_sample": special.get("do_sample", False) or False,
            "max_length": config.max_positions,
            "min_length": 0,
            "num_beams": 1,
            "num_return_sequences": 1,
            "past_present_share_buffer": variant.attention == "gqa",
            "repetition_penalty": special.get("repetition_penalty", 1.0),
            "temperature": special.get("temperature", 1.0),
            "top_k": special.get("top_k", 1),
            "top_p": special.get("top_p", 1.0),
        },
    }


def _special_ids(special):
    """Without a bos the key is left out: onnxruntime-genai refuses null."""
    eos, pad = special["eos_token_id"], special.get("pad_token_id")
    first_eos = eos[0] if isinstance(eos, list) else eos
    ids = {"bos_token_id": special.get("bos_token_id"), "eos_token_id": eos,
           "pad_token_id": first_eos if pad is None else pad}
    return {key: value for key, value in ids.items() if value is not None}


def _write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
