"""Time of jinja2, set up by transformers, for the chats of TemplateBenchmark. Developers only; needs transformers 4.57.1.

    python benchmarks/peers/templates.py chat_templates.json
"""

import json
import statistics
import sys
import time

from transformers.utils.chat_template_utils import _compile_jinja_template

MODELS = ["Qwen/Qwen3-0.6B", "meta-llama/Llama-3.1-8B-Instruct"]
CONTENT = "A train leaves the station at nine and travels at sixty miles an hour. How far? "
MESSAGES = [{"role": "system", "content": "You are a helpful assistant."}] + [
    {"role": "assistant" if i % 2 else "user", "content": CONTENT + str(i)} for i in range(9)
]


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        templates = json.load(file)["templates"].values()
    for model in MODELS:
        source = next(t["source"] for t in templates if model in str(t["from"]))
        template = _compile_jinja_template(source)
        times = []
        for _ in range(30):
            start = time.perf_counter()
            for _ in range(200):
                template.render(messages=MESSAGES, bos_token="<s>", add_generation_prompt=True)
            times.append((time.perf_counter() - start) / 200 * 1e6)
        print(f"jinja2 {model}: median {statistics.median(times[10:]):.1f} us")


if __name__ == "__main__":
    main()
