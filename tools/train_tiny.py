"""Trains the embedded model: a Llama of 3 million parameters, float32, on two cores.

    python train_tiny.py --data DATA --out RUN --minutes 60

DATA holds what corpus.py wrote. RUN gets the tokenizer, `checkpoint.pt` (every three minutes), `log.jsonl` and, in
`model/`, the Hugging Face folder. Run it again after a crash and it goes on at the checkpoint: step k always sees the
same rows. The cosine schedule follows the minutes used, so a busy machine trains less but always finishes; `--steps`
lays it by steps instead, which is what a run that shall be repeated exactly needs.
"""

import argparse
import json
import math
import os
import shutil
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from transformers import AttentionInterface, GenerationConfig, LlamaConfig, LlamaForCausalLM

from tiny_data import VOCABULARY, documents, encode, load_tokenizer, pack, train_tokenizer

CHECKPOINT_SECONDS = 180
WARMUP_STEPS = 100
CONTEXTS = (256, 1024)
LONG_EVERY = 8
"""Every eighth step has rows of 1,024 tokens, so that all positions are trained; the others are cheaper at 256."""
HELD_OUT_CONTEXT = 512


def flash_attention(module, query, key, value, attention_mask, scaling, dropout=0.0, **kwargs):
    """Causal attention with keys and values repeated for their query heads.

    Torch 2.6 has a fast CPU kernel for equal head counts alone; with grouped heads it writes out the whole score matrix,
    which cost a third of each step.
    """
    groups = module.num_key_value_groups
    key, value = (t.repeat_interleave(groups, dim=1) for t in (key, value))
    out = functional.scaled_dot_product_attention(query, key, value, is_causal=True, scale=scaling)
    return out.transpose(1, 2).contiguous(), None


def new_model():
    """All sizes are multiples of 32, so that every 4-bit and 8-bit block format fits."""
    config = LlamaConfig(
        vocab_size=VOCABULARY, hidden_size=192, num_hidden_layers=6, num_attention_heads=6, num_key_value_heads=2, head_dim=32,
        intermediate_size=512, tie_word_embeddings=True, rope_theta=10000.0, max_position_embeddings=CONTEXTS[-1], rms_norm_eps=1e-5,
        bos_token_id=None, eos_token_id=2, pad_token_id=0, torch_dtype="float32",
    )
    AttentionInterface.register("flash_cpu", flash_attention)
    model = LlamaForCausalLM(config)
    model.set_attn_implementation("flash_cpu")
    return model


def save_model(model, tokenizer_folder, folder):
    """A complete Hugging Face folder."""
    model.generation_config = GenerationConfig(do_sample=True, eos_token_id=2, pad_token_id=0)
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(tokenizer_folder / name, folder / name)


def optimizer_of(model, peak):
    decayed = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    groups = [{"params": decayed, "weight_decay": 0.1}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=peak, betas=(0.9, 0.95), fused=True)


def rows_of_step(step, packs, tokens, seed):
    """The rows that a step sees: every eighth step long ones, else short ones; each pass over a pack has its own order."""
    long = step % LONG_EVERY == LONG_EVERY - 1
    rows = packs[1] if long else packs[0]
    nth = step // LONG_EVERY if long else step - step // LONG_EVERY
    batch = tokens // rows.shape[1]
    passes, within = divmod(nth, len(rows) // batch)
    order = np.random.default_rng((seed, int(long), passes)).permutation(len(rows))
    return rows[order[within * batch : (within + 1) * batch]]


def loss_of(model, rows, bf16):
    """Mean nats a token; padding at the end of a row does not count, the first id 0 after a document does."""
    ids = torch.from_numpy(rows.astype(np.int64))
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        logits = model(input_ids=ids).logits
    targets = ids[:, 1:].masked_fill((ids[:, 1:] == 0) & (ids[:, :-1] == 0), -100)
    return functional.cross_entropy(logits[:, :-1].float().flatten(0, 1), targets.flatten(), ignore_index=-100)


@torch.no_grad()
def held_out_loss(model, rows, bf16):
    return float(np.mean([loss_of(model, rows[i : i + 8], bf16).item() for i in range(0, len(rows), 8)]))


def save_checkpoint(path, state):
    torch.save(state, path.with_suffix(".tmp"))
    os.replace(path.with_suffix(".tmp"), path)


def prepare(args):
    """Tokenizer and packed rows, made at the first start."""
    tokenizer_folder = args.out / "tokenizer"
    train, heldout = (documents(args.data / f"{part}.jsonl") for part in ("train", "heldout"))
    if not (tokenizer_folder / "tokenizer_config.json").exists():
        train_tokenizer([text for _, text in train], tokenizer_folder)
    tokenizer = load_tokenizer(tokenizer_folder)
    ids = encode(tokenizer, [text for _, text in train])
    packs = [pack(ids, length) for length in CONTEXTS]
    for rows in packs:
        print(f"{len(rows)} rows of {rows.shape[1]} tokens, {np.mean(rows != 0):.1%} full", flush=True)
    held = pack(encode(tokenizer, [text for _, text in heldout]), HELD_OUT_CONTEXT)
    return tokenizer_folder, packs, held[:: max(1, len(held) // 64)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--steps", type=int, help="lay the schedule by steps instead of minutes")
    parser.add_argument("--tokens", type=int, default=2048, help="tokens a step")
    parser.add_argument("--peak", type=float, default=1.5e-3, help="highest learning rate")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true", help="matrix products in bfloat16; weights stay float32")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer_folder, packs, held = prepare(args)
    model = new_model()
    optimizer = optimizer_of(model, args.peak)
    step, tokens, used, checkpoint = 0, 0, 0.0, args.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, tokens, used = state["step"], state["tokens"], state["seconds"]
    print(f"{model.num_parameters():,} parameters, starting at step {step}", flush=True)
    last, saved, shown, losses = time.monotonic(), used, used, []
    while True:
        progress = step / args.steps if args.steps else used / (60 * args.minutes)
        done = progress >= 1
        if done or used - shown >= 20:
            line = {"step": step, "minutes": round(used / 60, 2), "tokens": tokens}
            line["loss"] = round(float(np.mean(losses)), 4) if losses else None
            if done or used - saved >= CHECKPOINT_SECONDS:
                line["held_out"] = round(held_out_loss(model, held, args.bf16), 4)
                state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "tokens": tokens, "seconds": used}
                save_checkpoint(checkpoint, state)
                save_model(model, tokenizer_folder, args.out / "model")
                saved = used
            with open(args.out / "log.jsonl", "a") as log:
                log.write(json.dumps(line) + "\n")
            shown, losses = used, []
        if done:
            break
        rate = args.peak * min(1, (step + 1) / WARMUP_STEPS) * (0.02 + 0.98 * (1 + math.cos(math.pi * progress)) / 2)
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = loss_of(model, rows_of_step(step, packs, args.tokens, args.seed), args.bf16)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
        step, tokens = step + 1, tokens + args.tokens
        used, last = used + time.monotonic() - last, time.monotonic()


if __name__ == "__main__":
    main()
