#!/usr/bin/env python3
"""Do rows of a batch influence each other? Prints one line a graph (style "ours"); exits 1 if any bit differs.

  check_batches.py DIR/model.onnx DIR/model_w8a8.onnx ...

Sequences of different lengths are prefilled alone, then decoded one token alone and in batches of 2, 7 and 16, in a
cache of one capacity. An empty logits_idx must give empty logits.
"""
import argparse
import sys
from pathlib import Path

import numpy as np

from ufexport.runtime import Runner

CAPACITY, LONGEST, BATCHES = 160, 120, (2, 7, 16)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graphs", nargs="+")
    results = [check(Path(graph)) for graph in parser.parse_args().graphs]
    return 0 if all(results) else 1


def check(graph):
    runner, random = Runner(graph), np.random.default_rng(3)
    differing, compared = 0, 0
    for batch in BATCHES:
        lengths = random.integers(20, LONGEST, batch)
        vocab = next(output.shape[1] for output in runner.session.get_outputs() if output.name == "logits")
        sequences = [random.integers(3, vocab, length + 1).tolist() for length in lengths]
        caches = [padded(runner.run(ids[:-1], None, [0])[1]) for ids in sequences]
        alone = [decode(runner, [ids[-1]], [length], cache)[0] for ids, length, cache in zip(sequences, lengths, caches)]
        together = decode(runner, [ids[-1] for ids in sequences], lengths,
                          [np.concatenate(parts) for parts in zip(*caches)])
        differing += int((together != np.stack(alone)).sum())
        compared += together.size
    empty = decode(runner, [5], lengths[:1], caches[0], rows=[]).shape
    passed = differing == 0 and empty == (0, vocab)
    print(f"{'ok  ' if passed else 'FAIL'} {graph.parent.name}/{graph.name}: {differing} of {compared} logits differ "
          f"in batches of {BATCHES}; logits without rows {empty}", flush=True)
    return passed


def padded(cache):
    return [np.pad(part, ((0, 0), (0, 0), (0, CAPACITY - part.shape[2]), (0, 0))) for part in cache]


def decode(runner, tokens, lengths, cache, rows=None):
    """One token a row, each after `lengths` tokens of cache."""
    feeds = {"input_ids": np.array(tokens, np.int64)[:, None], "seqlens_k": np.array(lengths, np.int32),
             "total_sequence_length": np.array([LONGEST + 1], np.int32),
             "logits_idx": np.array(range(len(tokens)) if rows is None else rows, np.int64)}
    return runner.session.run(["logits"], feeds | dict(zip(runner.past_names, cache)))[0]


if __name__ == "__main__":
    sys.exit(main())
