"""Text for calibration and for accuracy tables: a plain file, or JSON lines with a "text" or an "instruction"."""
import json
from pathlib import Path


def read(path):
    text = Path(path).read_text(encoding="utf-8")
    if Path(path).suffix != ".jsonl":
        return text
    items = [json.loads(line) for line in text.splitlines() if line]
    return "\n".join(item["text"] if "text" in item else item["instruction"] for item in items)
