"""The n-gram models that the embedded model is measured against, on the same held-out text.

    python ngram_baseline.py --data DATA --tokenizer RUN/tokenizer

Interpolated Witten-Bell: with N(h) the count of context h and T(h) the number of distinct symbols seen after it,
P(c|h) = (count(h, c) + T(h) P(c|h')) / (N(h) + T(h)), h' being h without its oldest symbol; below the empty context lies
the uniform distribution. Counts live in sorted arrays of packed integers, so a full order takes seconds.

Symbols are bytes (a control token such as <|im_start|> counts as one byte) or the tokens of the embedded model. The
first symbol of a document is given, not predicted, as it is for the embedded model.
"""

import argparse
from pathlib import Path

import numpy as np

from tiny_data import byte_symbols, documents, encode, load_tokenizer


def windows(parts, bits, order):
    """(packed context of `order` symbols, symbol) at each position but a document's first; contexts stay inside it."""
    contexts, symbols = [], []
    for part in parts:
        part = part.astype(np.uint64)
        context = np.zeros(len(part), dtype=np.uint64)
        for back in range(order, 0, -1):
            shifted = np.zeros(len(part), dtype=np.uint64)
            if back < len(part):
                shifted[back:] = part[:-back]
            context = (context << np.uint64(bits)) | shifted
        contexts.append(context[1:])
        symbols.append(part[1:])
    return np.concatenate(contexts), np.concatenate(symbols)


def counted(keys):
    return np.unique(keys, return_counts=True)


def looked_up(table, keys):
    """The count of each key in a (sorted keys, counts) table, 0 where it is missing."""
    known, counts = table
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where(known[at] == keys, counts[at], 0)


def witten_bell(train, held, bits, order):
    """Probability of each held-out symbol by the interpolated model with contexts of 0 to `order` symbols."""
    assert bits * (order + 1) <= 64
    train_context, train_symbol = windows(train, bits, order)
    held_context, held_symbol = windows(held, bits, order)
    p = np.full(len(held_symbol), 1.0 / (1 << bits))
    for length in range(order + 1):
        mask = np.uint64((1 << (bits * length)) - 1)
        pairs = counted(((train_context & mask) << np.uint64(bits)) | train_symbol)
        total = counted(train_context & mask)
        distinct = counted(pairs[0] >> np.uint64(bits))
        h = held_context & mask
        n, t = looked_up(total, h), looked_up(distinct, h)
        c = looked_up(pairs, (h << np.uint64(bits)) | held_symbol)
        p = np.where(n + t > 0, (c + t * p) / np.maximum(n + t, 1), p)
    return p


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    args = parser.parse_args()
    train, held = (documents(args.data / f"{part}.jsonl") for part in ("train", "heldout"))
    sources = [source for source, _ in held]
    size = np.array([len(byte_symbols(text)) - 1 for _, text in held])
    tokenizer = load_tokenizer(args.tokenizer)
    bytes_of = [[byte_symbols(text) for _, text in part] for part in (train, held)]
    tokens_of = [encode(tokenizer, [text for _, text in part]) for part in (train, held)]
    runs = [(f"bytes, {n} of context", *bytes_of, 8, n) for n in (3, 4, 5, 6, 7)]
    runs += [(f"tokens, {n} of context", *tokens_of, 12, n) for n in (1, 2, 3, 4)]
    names = ["all", *sorted(set(sources))]
    print(f"{'bits per byte':24}" + "".join(f"{name:>11}" for name in names))
    for name, train_parts, held_parts, bits, order in runs:
        cost = -np.log2(witten_bell(train_parts, held_parts, bits, order))
        ends = np.cumsum([len(part) - 1 for part in held_parts])
        bits_of_document = np.add.reduceat(cost, np.concatenate([[0], ends[:-1]]))
        chosen = [np.array([n in ("all", source) for source in sources]) for n in names]
        print(f"{name:24}" + "".join(f"{bits_of_document[c].sum() / size[c].sum():11.4f}" for c in chosen), flush=True)


if __name__ == "__main__":
    main()
