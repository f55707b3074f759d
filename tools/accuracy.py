#!/usr/bin/env python3
"""Compares graphs with an fp32 one over the same weights; prints one markdown table.

  accuracy.py --base DIR/model.onnx --text FILE --fixtures DIR DIR/model_int8.onnx DIR/model_w8a8.onnx ...

Teacher-forced over the text in chunks of 512 tokens: perplexity; KL of the next-token distribution against fp32, mean,
99th percentile and largest; share of positions with the same most likely token; largest difference of a logit.
Greedy: the prompts of the fixtures with the 64 tokens that transformers gave in float32: for how many prompts the graph
would have chosen the same tokens, and the mean number of tokens before its first other choice. One run over prompt and
tokens together tells both; in a decode loop the last bits, so a near tie, may fall otherwise.
"""
import argparse
import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from ufexport import texts
from ufexport.runtime import Runner


class Scores:
    """What is collected for one graph."""

    def __init__(self):
        self.losses, self.kl, self.same, self.worst = [], [], [], 0.0

    def add(self, logits, base, targets):
        mine, theirs = log_softmax(logits), log_softmax(base)
        self.losses.append(-mine[np.arange(len(targets)), targets])
        self.kl.append((np.exp(theirs) * (theirs - mine)).sum(axis=-1))
        self.same.append(logits.argmax(axis=-1) == base.argmax(axis=-1))
        self.worst = max(self.worst, float(np.abs(logits - base).max()))

    def columns(self):
        kl = np.concatenate(self.kl)
        return [f"{np.exp(np.concatenate(self.losses).mean()):.3f}", f"{kl.mean():.5f}",
                f"{np.percentile(kl, 99):.4f}", f"{kl.max():.3f}", f"{100 * np.concatenate(self.same).mean():.2f} %",
                f"{self.worst:.3g}"]


def log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def main():
    options = parse()
    folder = Path(options.base).parent
    base = Runner(options.base, options.threads)
    runners = {"fp32": base} | {name(path): Runner(path, options.threads) for path in options.graphs}
    scores = {label: Scores() for label in runners}
    ids = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(
        texts.read(options.text), add_special_tokens=False).ids
    ids = ids[options.skip:options.skip + options.tokens]
    for start in range(0, len(ids) - 1, options.chunk):
        chunk = ids[start:start + options.chunk]
        exact = base.score(chunk)[:-1]
        for label, runner in runners.items():
            logits = exact if runner is base else runner.score(chunk)[:-1]
            scores[label].add(logits, exact, np.array(chunk[1:]))
    reference = json.loads((Path(options.fixtures) / "reference.json").read_text(encoding="utf-8"))
    prompts = reference["prompts"]
    print(f"Weights: {reference['weights']}. {len(ids)} tokens of {Path(options.text).name} from token {options.skip}, "
          f"chunks of {options.chunk}; {len(prompts)} prompts\n")
    print("| graph | perplexity | KL mean | KL p99 | KL max | same top token | logits max diff | greedy: prompts equal "
          "| greedy: tokens before the first difference |\n|---|---|---|---|---|---|---|---|---|")
    for label, runner in runners.items():
        prefixes = [same_prefix(runner, prompt["ids"], prompt["greedy"]) for prompt in prompts]
        equal = sum(prefix == len(prompt["greedy"]) for prefix, prompt in zip(prefixes, prompts))
        greedy = [f"{equal} of {len(prompts)}", f"{np.mean(prefixes):.1f}"]
        print("| " + " | ".join([label, *scores[label].columns(), *greedy]) + " |", flush=True)


def same_prefix(runner, prompt, expected):
    """How many greedy tokens agree before the first that does not."""
    first = len(prompt) - 1
    logits, _ = runner.run(prompt + expected[:-1], None, list(range(first, first + len(expected))))
    agree = logits.argmax(axis=-1) == np.array(expected)
    return len(expected) if agree.all() else int(agree.argmin())


def name(path):
    path = Path(path)
    stem = path.stem.removeprefix("model").strip("_")
    return stem or path.parent.name


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graphs", nargs="+")
    parser.add_argument("--base", required=True, help="the fp32 graph")
    parser.add_argument("--text", required=True, help="a text file, or JSON lines with an 'instruction'")
    parser.add_argument("--fixtures", required=True, help="folder with reference.json of make_fixtures.py")
    parser.add_argument("--tokens", type=int, default=4096)
    parser.add_argument("--skip", type=int, default=0, help="tokens of the text left out at its start")
    parser.add_argument("--chunk", type=int, default=512)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
