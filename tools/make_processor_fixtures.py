#!/usr/bin/env python3
"""What transformers' logits processors make of small random logits: fixtures of the Java sampler's tests.

  make_processor_fixtures.py --out processors.json

Frequency and presence penalty, which transformers lacks, follow vLLM's formula, with the tokens as the answer so far.
Each case: a vector's index, the steps in the order they were applied, and the logits after them. null means minus
infinity. Values are float32, written with the fewest digits that give the same float32 back.
"""
import argparse
import json
from pathlib import Path

import numpy as np
import torch
import transformers
from transformers import (MinPLogitsWarper, RepetitionPenaltyLogitsProcessor, TemperatureLogitsWarper,
                          TopKLogitsWarper, TopPLogitsWarper)

VOCAB = 64


class PerToken:
    """A penalty as vLLM takes it: from a token's logit, by how often the answer holds it."""

    def __init__(self, weigh, penalty):
        self.weigh, self.penalty = weigh, penalty

    def __call__(self, tokens, scores):
        return scores - self.penalty * self.weigh(torch.bincount(tokens[0], minlength=VOCAB))


SPREADS = (0.1, 0.5, 1, 1, 2, 3, 3, 5, 8, 12)  # from nearly flat to one token above all
MAKERS = {"temperature": TemperatureLogitsWarper, "topK": TopKLogitsWarper, "topP": TopPLogitsWarper,
          "minP": MinPLogitsWarper, "repetitionPenalty": RepetitionPenaltyLogitsProcessor,
          "frequencyPenalty": lambda penalty: PerToken(lambda counts: counts, penalty),
          "presencePenalty": lambda penalty: PerToken(lambda counts: counts > 0, penalty)}
CHAINS = [
    [("temperature", 0.1)], [("temperature", 0.7)], [("temperature", 1.5)],
    [("topK", 1)], [("topK", 5)], [("topK", 50)], [("topK", 100)],
    [("topP", 0.1)], [("topP", 0.5)], [("topP", 0.9)], [("topP", 0.999)],
    [("minP", 0.02)], [("minP", 0.1)], [("minP", 0.5)],
    [("repetitionPenalty", 1.2)], [("repetitionPenalty", 0.8)],
    [("frequencyPenalty", 0.7)], [("presencePenalty", -1.3)],
    [("repetitionPenalty", 1.3), ("frequencyPenalty", 0.4), ("presencePenalty", 0.6), ("temperature", 0.9)],
    [("temperature", 0.8), ("topK", 20), ("topP", 0.9)],
    [("repetitionPenalty", 1.1), ("temperature", 1.3), ("minP", 0.05), ("topK", 30), ("topP", 0.95)],
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    out = Path(parser.parse_args().out)
    random = np.random.default_rng(20240607)
    vectors = []
    for spread in SPREADS:
        logits = (random.standard_normal(VOCAB) * spread).astype(np.float32)
        vectors.append({"logits": logits, "tokens": random.choice(VOCAB, 12).tolist()})  # with repeats
    vectors[-1]["logits"] = np.round(vectors[-1]["logits"])  # many equal values
    cases = [case(index, vector, chain) for index, vector in enumerate(vectors) for chain in CHAINS
             if not (vector is vectors[-1] and any(name == "topP" for name, _ in chain))]  # which equal one goes is chance
    header = {"transformers": transformers.__version__, "torch": torch.__version__, "vocab": VOCAB}
    write(out, header, vectors, cases)
    print(f"{len(vectors)} vectors, {len(cases)} cases, {out.stat().st_size:,} bytes")


def case(index, vector, chain):
    scores, tokens = torch.from_numpy(vector["logits"].copy())[None], torch.tensor([vector["tokens"]])
    for name, value in chain:
        scores = MAKERS[name](value)(tokens, scores)
    return {"vector": index, "steps": [{"name": name, "value": value} for name, value in chain],
            "expected": numbers(scores[0].numpy())}


def numbers(array):
    return [None if np.isneginf(value) else float(np.format_float_positional(value, unique=True)) for value in array]


def write(out, header, vectors, cases):
    vectors = [{"logits": numbers(vector["logits"]), "tokens": vector["tokens"]} for vector in vectors]

    def lines(items):
        return ",\n".join(json.dumps(item, separators=(",", ":")) for item in items)

    text = json.dumps(header)[:-1] + ',\n"vectors": [\n' + lines(vectors) + '\n],\n"cases": [\n' + lines(cases) + "\n]}\n"
    out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
