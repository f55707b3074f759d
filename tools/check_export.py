#!/usr/bin/env python3
"""Holds exported graphs against the fixtures: greedy tokens equal for 64 steps, logits of four steps within 1e-3.

  check_export.py --fixtures DIR/fixtures DIR/model.onnx DIR/model_plain.onnx ...     exits 1 if any graph fails
"""
import argparse
import gzip
import json
import sys
from pathlib import Path

import numpy as np

from ufexport.runtime import Runner

TOLERANCE = 1e-3


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graphs", nargs="+")
    parser.add_argument("--fixtures", required=True)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    fixtures = Path(options.fixtures)
    reference = json.loads((fixtures / "reference.json").read_text(encoding="utf-8"))
    raw = gzip.decompress((fixtures / reference["logits"]["file"]).read_bytes())
    expected = np.frombuffer(raw, "<f4").reshape(reference["logits"]["shape"])
    results = [check(Path(graph), reference["prompts"], expected, options.threads) for graph in options.graphs]
    return 0 if all(results) else 1


def check(graph, prompts, expected, threads):
    runner, differing, worst = Runner(graph, threads), [], 0.0
    for prompt, steps in zip(prompts, expected):
        tokens, logits = runner.greedy(prompt["ids"], len(prompt["greedy"]))
        if tokens != prompt["greedy"]:
            differing.append(prompt["id"])
        worst = max(worst, float(np.abs(logits[:len(steps)] - steps).max()))
    passed = not differing and worst <= TOLERANCE
    print(f"{'ok  ' if passed else 'FAIL'} {graph.parent.name}/{graph.name}: {len(prompts) - len(differing)} of "
          f"{len(prompts)} prompts equal, logits max diff {worst:.2e}, differing {differing or 'none'}", flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main())
