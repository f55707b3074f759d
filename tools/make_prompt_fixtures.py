#!/usr/bin/env python3
r"""Writes the fixtures of the prompt tests in ultrafeedback-core from a description of the original's models.

usage: make_prompt_fixtures.py MODELS_JSON OUT_DIR [--rows N] [--seed S]

MODELS_JSON holds, for each model, the original's template with {principle} and {instruction} in it. The prompts are
rendered here, by Python's own string functions, so that the Java formats are compared with something that shares no
code with them. Needs Python 3.9 and nothing else. Two files come out, both UTF-8 with tabs between fields and
\n, \r, \t, \\ written as escapes:

original_prompts.tsv   id, principle, instruction, whole prompt
model_facts.tsv        id, checkpoint, access, context, bos in the pipeline, bos in vLLM, vLLM stop strings,
                       recommended stop strings, recommended stop ids; lists are joined by U+001F, - is none
"""
import argparse
import json
import pathlib
import random
import re

PIECES = [
    "</s>", "<s>", "<unk>", "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|end|>", "<|user|>", "<|system|>",
    "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "USER:", "ASSISTANT:", "### Response:", "User: ", "\nUser",
    "{principle}", "{instruction}", "{", "}", "{{", "}}", "{0}", "%s", "%", "$1", "\\", "\\n", "\\1", '"', "'",
    "\n", "\n\n", "\n\n\n", "\n\n\n\n\n", "\r", "\r\n", "\r\n\r\n", "\r\r\n\n", "\n\r\n", "\t", " ", "  ",
    "\u00a0", "\u0085", "\u2028", "\u200b", "\ufeff", "\u0130", "\u00df", "e\u0301", "\u4f60\u597d", "\U0001f600",
    "Why is the sky blue?", "name three rivers", "x", "1 + 1", "word",
]


def text(rng, least, most):
    return "".join(rng.choice(PIECES) for _ in range(rng.randint(least, most)))


def render(template, principle, instruction):
    if template["instruction_transform"]:
        instruction = instruction.replace("\r\n", "\n").replace("\n\n", "\n")
    values = {"{principle}": principle, "{instruction}": instruction}
    # Split rather than replaced twice: a principle may spell {instruction}.
    parts = re.split(r"(\{principle\}|\{instruction\})", template["text"])
    return "".join(values.get(part, part) for part in parts)


def escape(value):
    for plain, escaped in (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        value = value.replace(plain, escaped)
    return value


def line(*fields):
    return "\t".join(escape(field) for field in fields)


def joined(values):
    return "\u001f".join(str(value) for value in values) or "-"


def shown(value):
    return "-" if value is None else str(value)


def facts(model):
    access = {"api": "API", "none": "NONE"}.get(model["backend"][0], "LOCAL")
    detail = model["stop_detail"]
    recommended = detail["recommended_default"]
    bos = model["bos_tokens_in_prompt"]
    return line(
        model["id"], shown(model["checkpoint"]), access, shown(model["context_length"]), shown(bos["hf"]),
        shown(bos["vllm"]), joined(detail["vllm_effective_stop"]), joined(recommended["stop_strings"]),
        joined(recommended["stop_token_ids"]))


def prompts(model, rows, rng):
    for row in range(rows):
        principle = "" if row == 0 else text(rng, 1, 5)
        instruction = text(rng, 1, 7)
        yield line(model["id"], principle, instruction, render(model["template"], principle, instruction))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=24, help="prompts a model (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=20231001, help="default: %(default)s")
    args = parser.parse_args()

    models = json.loads(args.models.read_text(encoding="utf-8"))
    local = [model for model in models if model["template"] and "text" in model["template"]]
    rng = random.Random(args.seed)
    write(args.out / "original_prompts.tsv", [row for model in local for row in prompts(model, args.rows, rng)])
    write(args.out / "model_facts.tsv", [facts(model) for model in models])


def write(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(line + "\n" for line in lines).encode("utf-8"))


if __name__ == "__main__":
    main()
