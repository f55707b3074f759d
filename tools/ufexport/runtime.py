"""Runs the exported graphs in ONNX Runtime: for accuracy tables and for checks against transformers."""
import numpy as np
import onnxruntime

TYPES = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(int8)": np.int8}


class Runner:
    """One graph of any style. Reads from its inputs what it wants, as the Java side does."""

    def __init__(self, path, threads=1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.inputs = {value.name: value for value in self.session.get_inputs()}
        self.past_names = [name for name in self.inputs if name.startswith("past_key_values.")]
        self.present_names = [name.replace("past_key_values", "present") for name in self.past_names]
        first = self.inputs[self.past_names[0]]
        self.empty = np.zeros((1, first.shape[1], 0, first.shape[3]), TYPES[first.type])

    def run(self, ids, past, rows):
        """One sequence: new tokens after `past` (a list of caches, None at the start) -> (logits[rows], caches)."""
        past = past or [self.empty] * len(self.past_names)
        length, total = len(ids), past[0].shape[2] + len(ids)
        known = {
            "input_ids": np.array([ids], np.int64),
            "seqlens_k": np.array([total - 1], np.int32),
            "total_sequence_length": np.array([total], np.int32),
            "logits_idx": np.array(rows, np.int64),
            "attention_mask": np.ones((1, total), np.int64),
            "position_ids": np.arange(total - length, total, dtype=np.int64)[None],
        }
        feeds = {name: value for name, value in known.items() if name in self.inputs}
        feeds |= dict(zip(self.past_names, past))
        logits, *present = self.session.run(["logits", *self.present_names], feeds)
        return (logits if "logits_idx" in self.inputs else logits[0, rows]), present

    def score(self, ids):
        """Logits at every position of a fresh sequence, [len(ids), vocab]."""
        return self.run(ids, None, list(range(len(ids))))[0]

    def greedy(self, prompt, steps):
        """(token ids, logits of each step); ties go to the lowest id, end-of-text does not stop it."""
        logits, past = self.run(prompt, None, [len(prompt) - 1])
        tokens, rows = [], []
        for _ in range(steps):
            rows.append(logits[0])
            tokens.append(int(logits[0].argmax()))
            if len(tokens) < steps:
                logits, past = self.run(tokens[-1:], past, [0])
        return tokens, np.stack(rows)
