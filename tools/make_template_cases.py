#!/usr/bin/env python3
"""What jinja2, set up as transformers sets it up, makes of small templates: test data of the Java interpreter.

  make_template_cases.py --out ultrafeedback-chat-template/src/test/resources/cases

The templates are in template_cases/, a module for each group, written for this purpose. A module becomes GROUP.json:
"about" and "cases", and a case has "name", "template", "context" and either "output" or "error" ("Type: message", the
words of Python 3.11). The clock of strftime_now stands at 2026-01-02 03:04:05. The same sources give the same bytes.
"""
import argparse
import datetime
import importlib
import json
import pkgutil
import re
from pathlib import Path

import jinja2
import transformers
from transformers.utils import chat_template_utils

import template_cases

NOW = datetime.datetime(2026, 1, 2, 3, 4, 5)
UNSTABLE = re.compile(r" at 0x[0-9a-f]+|/site-packages/|<generator|<built-in method")


class FixedClock(datetime.datetime):
    """The datetime class of transformers' module, while cases are made."""

    @classmethod
    def now(cls, tz=None):
        return NOW


def groups():
    """The modules of template_cases with cases, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(template_cases.__path__))
    modules = {name: importlib.import_module(f"template_cases.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "CASES")}


def render(template, context):
    """{"output": text}, or {"error": "Type: message"} where jinja2 raises."""
    try:
        compiled = chat_template_utils._compile_jinja_template.__wrapped__(template)
        return {"output": compiled.render(**context)}
    except Exception as error:  # whatever jinja2 raises is what the case expects
        return {"error": f"{type(error).__name__}: {error}"}


def made(group, name, template, context):
    """One case with its result; a result that may differ from run to run is refused."""
    case = {"name": name, "template": template, "context": json.loads(json.dumps(context))}
    result = render(template, json.loads(json.dumps(context)))
    if UNSTABLE.search(next(iter(result.values()))):
        raise SystemExit(f"{group}: '{name}' shows an address or a path: {result}")
    return case | result


def write(out, group, about, cases):
    """Writes one group: a line for each case, so that a change shows as one line."""
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    head = json.dumps(f"{about} Made by tools/make_template_cases.py: jinja2 {jinja2.__version__} as transformers "
                      f"{transformers.__version__} sets it up, clock at {NOW.isoformat()}.", ensure_ascii=False)
    (out / f"{group}.json").write_text(f'{{"about": {head},\n"cases": [\n{lines}\n]}}\n', encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True, help="folder of the JSON files")
    parser.add_argument("--show", metavar="GROUP", help="print the cases of one group and write nothing")
    arguments = parser.parse_args()
    chat_template_utils.datetime = FixedClock
    names, total, errors = set(), 0, 0
    out = Path(arguments.out)
    for group, module in groups().items():
        cases = [made(group, *case) for case in module.CASES]
        for case in cases:
            if case["name"] in names:
                raise SystemExit(f"{group}: two cases are named '{case['name']}'")
            names.add(case["name"])
        if arguments.show == group:
            for case in cases:
                print(case["name"], "\n   ", repr(case["template"]), "\n  ",
                      "=" if "output" in case else "!", repr(case.get("output", case.get("error"))))
        elif not arguments.show:
            out.mkdir(parents=True, exist_ok=True)
            write(out, group, " ".join(module.__doc__.split()), cases)
        total += len(cases)
        errors += sum("error" in case for case in cases)
    print(f"{total} cases, {errors} of them errors, in {len(groups())} groups")


if __name__ == "__main__":
    main()
