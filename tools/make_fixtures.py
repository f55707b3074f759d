#!/usr/bin/env python3
"""Reference outputs of Hugging Face transformers for a model folder, as fixtures of the Java tests.

  make_fixtures.py CHECKPOINT --folder DIR --out DIR/fixtures

CHECKPOINT is what DIR was exported from. Written:
  reference.json  per prompt of fixture_prompts.json: messages, rendered chat template, prompt ids (special tokens typed
                  by a user are text), 64 greedy ids (not stopped by end-of-text; `eosAt` says where the first one is,
                  -1 for none), and the smallest gap between the two best logits on the way
  logits.bin.gz   little-endian float32 [prompts, 4, vocab]: logits of the first four greedy steps, last 7 of their 23
                  bits of mantissa rounded away (an error of 2^-17 of the value) so that they compress
"""
import argparse
import gzip
import json
from pathlib import Path

import numpy as np
import torch
import transformers
from transformers import LlamaConfig, LlamaForCausalLM

from ufexport import checkpoint as checkpoints
from ufexport.prompts import PromptEncoder

STEPS, LOGIT_STEPS, DROPPED_BITS = 64, 4, 7
PROMPTS = Path(__file__).with_name("fixture_prompts.json")


def main():
    options = parse()
    torch.set_num_threads(options.threads)
    folder, out = Path(options.folder), Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = checkpoints.load(options.checkpoint)
    model, encoder = reference_model(checkpoint), PromptEncoder(folder)
    eos = eos_ids(folder)
    prompts, logits = [], []
    for prompt in json.loads(PROMPTS.read_text(encoding="utf-8")):
        rendered, ids = encoder.render(prompt["messages"]), encoder.ids(prompt["messages"])
        check_ordinary(encoder, prompt, rendered, ids)
        tokens, steps = greedy(model, ids)
        best = np.sort(steps, axis=1)[:, -2:]
        prompts.append(prompt | {
            "rendered": rendered, "ids": ids, "greedy": tokens,
            "eosAt": next((i for i, token in enumerate(tokens) if token in eos), -1),
            "smallestGap": float(f"{(best[:, 1] - best[:, 0]).min():.4g}")})
        logits.append(steps[:LOGIT_STEPS])
    write(out, prompts, np.stack(logits), checkpoint, eos)


def reference_model(checkpoint):
    """transformers' own Llama with our weights, so that a GGUF needs no second reader."""
    config = LlamaConfig(**checkpoint.config.raw)
    config._attn_implementation = "eager"
    model = LlamaForCausalLM(config)
    state = {name if name == "lm_head.weight" else "model." + name: torch.from_numpy(array.copy())
             for name, array in checkpoint.tensors.items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or set(missing) - {"lm_head.weight"}:
        raise ValueError(f"transformers lacks {missing} or does not know {unexpected}")
    model.tie_weights()
    return model.eval()


@torch.no_grad()
def greedy(model, ids):
    """64 tokens and the logits of each step."""
    past, step, tokens, rows = None, torch.tensor([ids]), [], []
    for _ in range(STEPS):
        out = model(step, past_key_values=past, use_cache=True)
        past, row = out.past_key_values, out.logits[0, -1]
        rows.append(row.numpy())
        tokens.append(int(row.argmax()))
        step = torch.tensor([tokens[-1:]])
    return tokens, np.stack(rows)


def check_ordinary(encoder, prompt, rendered, ids):
    """Where no user typed a special token, the ids are exactly those of transformers."""
    if any(encoder.pattern.search(message["content"]) for message in prompt["messages"]):
        return
    theirs = encoder.reference(rendered, add_special_tokens=False)["input_ids"]
    if theirs != ids:
        raise ValueError(f"prompt {prompt['id']}: ids differ from transformers': {ids} {theirs}")


def eos_ids(folder):
    eos = json.loads((folder / "generation_config.json").read_text())["eos_token_id"]
    return eos if isinstance(eos, list) else [eos]


def write(out, prompts, logits, checkpoint, eos):
    half = np.uint32(1 << (DROPPED_BITS - 1))
    rounded = (logits.astype(np.float32).view(np.uint32) + half) & ~np.uint32((1 << DROPPED_BITS) - 1)
    with open(out / "logits.bin.gz", "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(rounded.astype("<u4").tobytes())
    header = {"weights": checkpoint.origin, "transformers": transformers.__version__, "torch": torch.__version__,
              "eosTokenIds": eos, "logits": {"file": "logits.bin.gz", "shape": list(logits.shape)}}
    lines = ",\n".join(json.dumps(prompt, ensure_ascii=False) for prompt in prompts)
    text = json.dumps(header, indent=1)[:-2] + ',\n "prompts": [\n' + lines + "\n]}\n"
    (out / "reference.json").write_text(text, encoding="utf-8")
    tight = [prompt["id"] for prompt in prompts if prompt["smallestGap"] < 1e-3]
    print(f"{len(prompts)} prompts, logits {list(logits.shape)}, "
          f"{sum(file.stat().st_size for file in out.iterdir()):,} bytes in {out.name}; "
          f"near ties (gap under 1e-3): {tight or 'none'}")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint")
    parser.add_argument("--folder", required=True, help="the exported folder: its tokenizer and chat template")
    parser.add_argument("--out", required=True)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
