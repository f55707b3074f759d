"""Makes the goldens of ExportTest and PythonNumbersTest with Python's own json module.

original-input.json is an array as the original's sampling script writes it; original-records.json the same rows with
completions, as its generation scripts would have written them; numbers.txt pairs of a number and its Python spelling.
"""
import json
import random

models = ["gpt-4", "gpt-3.5-turbo"]
rows = [
    {"source": "sharegpt", "instruction": "I am going to Caf\u00e9 \U0001F642\nand \"back\"\t\\ \u2028 \u007f \x01",
     "models": models, "completions": [], "correct_answers": ["None"], "incorrect_answers": ["None"]},
    {"source": "truthful_qa", "instruction": "\ud83d alone", "models": models[::-1], "completions": [],
     "correct_answers": ["a", "b"], "incorrect_answers": []},
    {"id": 7, "extra": {"empty": {}, "list": [], "nested": [{"a": None, "b": [True, False, [1, 2.5, -0.0]]}]},
     "instruction": "x", "completions": [], "big": 123456789012345678901234567890, "tiny": 1e-7, "huge": 1e22,
     "third": 1 / 3, "models": ["gpt-4"], "source": "unknown"},
]


def response(row, model):
    return f"{model} says: {row['instruction']} \u00fc\n"


with open("original-input.json", "w") as f:
    json.dump(rows, f, indent=4)
for row in rows:
    for model in row["models"]:
        row["completions"].append({"model": model, "principle": "none", "custom_system_prompt": "",
                                   "response": response(row, model)})
with open("original-records.json", "w") as f:
    json.dump(rows, f, indent=4)

rng = random.Random(20261124)
spelled = ["0", "-0", "-0.0", "0.0", "1e5", "1E+5", "1e400", "-1e400", "1e-400", "1.10", "100", "1e16", "1e15",
           "123456789012345680.0", "0.0001", "0.00001", "5e-324", "2.2250738585072014e-308", "1.7976931348623157e308",
           "9007199254740993", "9007199254740993.0", "2e-3", "1.0e23", "9.5e-3"]
for _ in range(400):
    spelled.append(repr(rng.uniform(-1, 1) * 10 ** rng.randint(-320, 308)))
    spelled.append(f"{rng.uniform(-10, 10):.{rng.randint(1, 20)}e}")
    spelled.append(f"{rng.uniform(-1e6, 1e6):.{rng.randint(1, 25)}f}")
with open("numbers.txt", "w") as f:
    for s in spelled:
        f.write(f"{s}\t{json.dumps(json.loads(s))}\n")
