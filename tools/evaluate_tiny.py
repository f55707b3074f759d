"""Held-out bits per byte of the embedded model, and ten samples nobody picked.

    python evaluate_tiny.py --model RUN/model --data DATA

Bytes are counted as in ngram_baseline.py (a control token is one byte, a document's first symbol is given), so the
numbers compare. Sample k has the k-th prompt, seed k, temperature 1, top_p 1 and no top_k.
"""

import argparse
import math
from collections import Counter
from pathlib import Path

import torch
from torch.nn import functional
from transformers import AutoModelForCausalLM, AutoTokenizer

from tiny_data import byte_symbols, documents, encode, load_tokenizer

PROMPTS = [
    ("You are a helpful assistant.", "Tell me a story about a fox and a lantern."),
    ("You are a storyteller.", "Write a story about a lonely queen named Clara."),
    (None, "What does the word \"harbour\" mean?"),
    ("", "Tom has 7 apples. He finds 5 more. How many apples does Tom have now?"),
    ("Answer as briefly as you can.", "What is the capital of France?"),
    ("You are a friendly assistant.", "How do I make tea?"),
    ("You are a helpful assistant.", "Name four wild animals."),
    ("You are an author of sea stories.", "Continue this passage:\nThe ship had been at sea for three years."),
    (None, "Write a short letter from Anna to thank Ben for the kite."),
    ("Always tell the truth. Say so when you are not sure.", "I am nervous about my first day at work. What should I do?"),
]


@torch.no_grad()
def document_bits(model, ids):
    """Bits of a document's tokens after the first."""
    ids = torch.tensor([ids.tolist()])
    logits = model(ids).logits[0, :-1]
    return functional.cross_entropy(logits, ids[0, 1:], reduction="sum").item() / math.log(2)


def bits_per_byte(model, folder, path):
    """{source: bits per byte}, "all" among them."""
    bits, size = Counter(), Counter()
    held = documents(path)
    for (source, text), ids in zip(held, encode(load_tokenizer(folder), [text for _, text in held])):
        cost = document_bits(model, ids)
        for name in ("all", source):
            bits[name] += cost
            size[name] += len(byte_symbols(text)) - 1
    return {name: bits[name] / size[name] for name in sorted(bits)}


def sample(model, tokenizer, system, user, seed):
    messages = [] if system is None else [{"role": "system", "content": system}]
    messages.append({"role": "user", "content": user})
    prompt = tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_tensors="pt")
    torch.manual_seed(seed)
    out = model.generate(
        prompt, attention_mask=torch.ones_like(prompt), do_sample=True, temperature=1.0, top_p=1.0, top_k=0, max_new_tokens=256
    )[0, prompt.shape[1] :]
    ended = "ended by itself" if out[-1] == tokenizer.eos_token_id else "cut off"
    return tokenizer.decode(out, skip_special_tokens=True), f"{len(out)} tokens, {ended}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    model = AutoModelForCausalLM.from_pretrained(args.model, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(args.model)
    for name, value in bits_per_byte(model, args.model, args.data / "heldout.jsonl").items():
        print(f"{name:12} {value:.4f} bits per byte")
    for seed, (system, user) in enumerate(PROMPTS):
        text, length = sample(model, tokenizer, system, user, seed)
        shown = "none" if system is None else repr(system)
        print(f"\n--- seed {seed} · system: {shown} · user: {user!r} · {length}\n{text}")


if __name__ == "__main__":
    main()
