"""What training, evaluation and the n-gram baseline share: documents, tokenizer, rows of tokens."""

import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
"""Ids 0, 1 and 2: the end of a document (and padding), the start and the end of a turn."""
VOCABULARY = 4096
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def documents(path):
    """The (source, text) pairs of a file that corpus.py wrote."""
    with open(path, encoding="utf-8") as file:
        return [(line["source"], line["text"]) for line in map(json.loads, file)]


def train_tokenizer(texts, folder):
    """Byte-level BPE with GPT-2's pre-tokenizer, saved as Hugging Face tokenizer files."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=SPECIALS, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    assert tokenizer.get_vocab_size() == VOCABULARY
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "add_prefix_space": False,
        "bos_token": None,
        "eos_token": "<|im_end|>",
        "pad_token": "<|endoftext|>",
        "additional_special_tokens": ["<|im_start|>", "<|im_end|>"],
        "clean_up_tokenization_spaces": False,
        "chat_template": CHAT_TEMPLATE,
        "added_tokens_decoder": {
            str(i): {"content": s, "lstrip": False, "rstrip": False, "normalized": False, "single_word": False, "special": True}
            for i, s in enumerate(SPECIALS)
        },
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


def load_tokenizer(folder):
    return Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))


def encode(tokenizer, texts):
    """Token ids of each text; `<|im_start|>` and its like in these texts are control tokens."""
    return [np.array(encoding.ids, dtype=np.uint16) for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]


def pack(ids, length):
    """Rows of `length` ids that each begin with a document, as a prompt does; documents end with id 0, the rest is id 0.

    Documents are taken in order and put into the first of 64 open rows that has room, which leaves about 1% empty.
    """
    rows, open_rows = [], []
    for document in ids:
        if len(document) >= length:
            continue
        row = next((row for row in open_rows if length - row[1] > len(document)), None)
        if row is None:
            row = [np.zeros(length, dtype=np.uint16), 0]
            rows.append(row[0])
            open_rows.append(row)
            open_rows = sorted(open_rows, key=lambda r: r[1])[:64]
        row[0][row[1] : row[1] + len(document)] = document
        row[1] += len(document) + 1
    return np.stack(rows)


def byte_symbols(text):
    """The text's UTF-8 bytes, a special token being one symbol: a byte that UTF-8 never has."""
    data = text.encode()
    for i, special in enumerate(SPECIALS):
        data = data.replace(special.encode(), bytes([0xF8 + i]))
    return np.frombuffer(data, dtype=np.uint8)
