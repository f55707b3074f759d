"""From chat messages to prompt ids, as the Java side does it: special tokens that a user types stay text."""
import json
import re
from pathlib import Path

from tokenizers import Tokenizer
from transformers import AutoTokenizer

PRIVATE = 0xF0000  # a plane no text uses: stands for a typed special token while the template is rendered


class PromptEncoder:
    def __init__(self, folder):
        folder = Path(folder)
        self.reference = AutoTokenizer.from_pretrained(folder)
        settings = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
        added = settings["added_tokens"]
        self.special = {token["content"]: token["id"] for token in added if token["special"]}
        settings["added_tokens"] = [token for token in added if not token["special"]]
        self.plain = Tokenizer.from_str(json.dumps(settings))
        longest_first = sorted(self.special, key=len, reverse=True)
        self.pattern = re.compile("(" + "|".join(map(re.escape, longest_first)) + ")")
        self.stand_ins = {token: chr(PRIVATE + index) for index, token in enumerate(self.special)}

    def render(self, messages):
        return self.reference.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)

    def ids(self, messages):
        """The rendered prompt, cut only at special tokens that the template wrote; each stretch encoded in one call."""
        hidden = [{**message, "content": self._hide(message["content"])} for message in messages]
        ids = []
        for piece in self.pattern.split(self.render(hidden)):
            if piece in self.special:
                ids.append(self.special[piece])
            elif piece:
                ids += self.plain.encode(self._show(piece), add_special_tokens=False).ids
        return ids

    def _hide(self, text):
        return self.pattern.sub(lambda match: self.stand_ins[match.group()], text)

    def _show(self, text):
        for token, stand_in in self.stand_ins.items():
            text = text.replace(stand_in, token)
        return text
