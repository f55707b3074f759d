#!/usr/bin/env python3
"""Holds the cases of make_template_cases.py against public chat templates: is each construct covered, is nothing copied?

  check_template_cases.py --cases FOLDER --coverage FILE [--list]

FILE has "templates": {id: {"source": text}}. Only cases with an output count. A construct is what jinja2's own lexer and
parser see: node types and which node stands in which field of which other, filters, tests, functions, methods and their
argument forms, operators, slices, attributes of loop, forms of literals, whitespace control beside what stands next to
it. Every filter, test, function, method and attribute of loop that jinja2 has must be tried too, if only to be refused.
Prints each construct that no case has, and each run of characters, without whitespace, that a case shares with a
public template and that is longer than 60. Exit status 1 if there is any.
"""
import argparse
import json
import re
from collections import Counter
from pathlib import Path

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST = 60  # characters; idioms of a line are shorter


class Generation(Extension):
    """Parses the generation tag as transformers does."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return nodes.CallBlock(self.call_method("tag"), [], [], body).set_lineno(line)


ENVIRONMENT = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols])
FUNCTIONS = set(ENVIRONMENT.globals) | {"raise_exception", "strftime_now", "caller", "loop"}


def arguments(node):
    """How a call, filter or test is given its arguments, such as '2', '1 indent=', '0 * **'."""
    form = [str(len(node.args))] + sorted(f"{one.key}=" for one in node.kwargs)
    return " ".join(form + ["*"] * bool(node.dyn_args) + ["**"] * bool(node.dyn_kwargs))


def constant(value):
    """The form of a literal."""
    if isinstance(value, str):
        return "empty string" if not value else "string" + " with newline" * ("\n" in value) + " beyond ASCII" * (not value.isascii())
    sign = "" if isinstance(value, bool) or not isinstance(value, (int, float)) or value >= 0 else "negative "
    return sign + type(value).__name__


def bound(node):
    return "none" if node is None else "const" if isinstance(node, nodes.Const) else "expression"


def details(node):
    """What a node is besides its type."""
    kind = type(node).__name__
    if isinstance(node, (nodes.Filter, nodes.Test)):
        yield f"{kind} {node.name} ({arguments(node)})"
    elif isinstance(node, nodes.Call):
        target = node.node
        if isinstance(target, nodes.Getattr):
            yield f"method {target.attr} ({arguments(node)})"
        elif isinstance(target, nodes.Name):
            yield f"function {target.name if target.name in FUNCTIONS else 'macro'} " + (
                "" if target.name in ("namespace", "dict") or target.name not in FUNCTIONS else f"({arguments(node)})")
    elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "loop":
        yield f"loop.{node.attr}"
    elif isinstance(node, nodes.Slice):
        yield f"slice {bound(node.start)}:{bound(node.stop)}:{bound(node.step)}"
    elif isinstance(node, nodes.Compare):
        yield "comparison " + " ".join(one.op for one in node.ops)
    elif isinstance(node, nodes.Const):
        yield f"literal {constant(node.value)}"
    elif isinstance(node, nodes.For):
        yield "for" + " else" * bool(node.else_) + " if" * bool(node.test) + " recursive" * node.recursive + f" over {type(node.iter).__name__}"
    elif isinstance(node, nodes.If):
        yield f"if elif={min(len(node.elif_), 2)} else={bool(node.else_)}"
    elif isinstance(node, nodes.Macro):
        yield f"macro arguments={min(len(node.args), 3)} defaults={min(len(node.defaults), 2)}"
    elif isinstance(node, nodes.CondExpr):
        yield f"inline if else={node.expr2 is not None}"
    elif isinstance(node, (nodes.List, nodes.Tuple, nodes.Dict)):
        yield f"{kind} of {min(len(node.items), 3)}"


def tree(node):
    """The constructs of a syntax tree."""
    for one in [node, *node.find_all(nodes.Node)]:
        yield f"node {type(one).__name__}"
        yield from details(one)
        for field, value in one.iter_fields():
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, nodes.Node):
                    yield f"node {type(child).__name__} in {type(one).__name__}.{field}"


def neighbour(text, end):
    """What a tag touches: a newline with or without indentation, spaces, text, or nothing."""
    white = re.search(r"\s*$" if end else r"^\s*", text).group()
    if white == text:
        return ("only " if text else "") + ("newline" if "\n" in white else "spaces" if white else "nothing")
    return "newline" + " indented" * (white.split("\n")[-1 if end else 0] != "") if "\n" in white else "spaces" if white else "text"


def signs(source):
    """Whitespace control of each tag, with what stands before and after it."""
    pieces, last = [], ""
    for _, kind, value in ENVIRONMENT.lexer.tokeniter(source, None):
        pieces.append((kind, value))
    raw = re.split(r"(\{[%{#].*?[%}#]\})", source, flags=re.S)
    for before, tag, after in zip(raw[::2], raw[1::2], raw[2::2]):
        sign = (tag[2] if tag[2] in "-+" else "") + "..." + (tag[-3] if tag[-3] in "-+" else "")
        yield f"tag {tag[:2]}{sign} after {neighbour(before, True)}"
        yield f"tag {tag[:2]}{sign} before {neighbour(after, False)}"
    for kind, value in pieces:
        if kind == "string":
            yield f"quote {value[0]}"
            yield from (f"escape {one}" for one in re.findall(r"\\.", value, flags=re.S))
        elif kind in ("integer", "float"):
            yield f"number {re.sub('[0-9]+', '9', value)}"
        elif kind == "operator":
            yield f"operator {value}"
        elif kind == "name" and last == "block_begin":
            yield f"tag name {value}"
        last = kind if kind != "whitespace" else last
    yield f"line ends {'CRLF' if chr(13) in source else 'LF'}"
    yield f"source ends {'newline' if source.endswith(chr(10)) else 'text'}"


def constructs(source):
    """Every construct of one template; none if jinja2 refuses it."""
    try:
        return set(tree(ENVIRONMENT.parse(source))) | set(signs(source))
    except jinja2.TemplateSyntaxError:
        return set()


def language():
    """What the language has beside syntax, as the beginning of a construct; what chance decides is left out."""
    types = [str, list, tuple, dict]
    methods = {name for one in types for name in dir(one) if not name.startswith("_")}
    attributes = {name for name in dir(LoopContext) if not name.startswith("_")}
    return ([f"Filter {name} (" for name in ENVIRONMENT.filters if name != "random"]
            + [f"Test {name} (" for name in ENVIRONMENT.tests if name.isalpha()]
            + [f"function {name} " for name in ENVIRONMENT.globals if name != "lipsum"]
            + [f"method {name} (" for name in sorted(methods)] + [f"loop.{name}" for name in sorted(attributes)])


def bare(source):
    return re.sub(r"\s+", "", source).replace('"', "'")


def shared(source, pieces):
    """The longest run of characters that a template has in common with the public ones, if too long."""
    text, start, found = bare(source), 0, ""
    while start + LONGEST < len(text):
        if text[start:start + LONGEST + 1] in pieces:
            found = text[start:start + LONGEST + 1]
        start += 1
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", required=True, help="folder of the JSON files")
    parser.add_argument("--coverage", required=True, metavar="FILE", help="the public templates")
    parser.add_argument("--list", action="store_true",
        help="print every construct with the number of our templates that have it")
    given = parser.parse_args()
    public = [one["source"] for one in json.loads(Path(given.coverage).read_text(encoding="utf-8"))["templates"].values()]
    ours = [case for file in sorted(Path(given.cases).glob("*.json"))
            for case in json.loads(file.read_text(encoding="utf-8"))["cases"]]
    rendered = {case["template"] for case in ours if "output" in case}
    used = Counter(one for source in rendered for one in constructs(source))
    tried = set(used).union(*(constructs(case["template"]) for case in ours if "error" in case))
    wanted = set().union(*map(constructs, public))
    rest = language()  # the sandbox refuses some methods: an error will do
    missing = sorted(wanted - set(used)) + [one for one in rest if not any(name.startswith(one) for name in tried)]
    for one in sorted(wanted) if given.list else []:
        print(f"{used[one]:5} {one}")
    for one in missing:
        print(f"missing: {one}")
    pieces = {text[i:i + LONGEST + 1] for text in map(bare, public) for i in range(len(text) - LONGEST)}
    copies = [(case["name"], run) for case in {case["template"]: case for case in ours}.values()
              if (run := shared(case["template"], pieces))]
    for name, run in copies:
        print(f"shared: {name}: {run}")
    print(f"{len(ours)} cases, {len(public)} public templates with {len(wanted)} constructs, "
          f"{len(rest)} names of the language: {len(missing)} missing, {len(copies)} shared runs of over {LONGEST} characters")
    raise SystemExit(1 if missing or copies else 0)


if __name__ == "__main__":
    main()
