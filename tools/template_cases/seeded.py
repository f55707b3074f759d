"""Seeded random templates: expressions of every operator, tags and spaces in every order, slices, loops with ifs."""
import random

VALUES = ["0", "1", "2", "-3", "7", "1.5", "-0.5", "true", "false", "none", "''", "'a'", "'ab'", "x", "x", "s", "s", "n", "l",
        "d", "d.k", "l[0]", "[]",
          "[1, 2]", "(1,)", "{'k': 1}", "missing"]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"]
FILTERS = ["string", "length", "list", "abs", "int", "upper", "first", "last", "default('z')", "tojson", "trim",
        "join('+')", "sort", "reverse|list",
           "default('y', true)", "float", "unique|list", "map('string')|list", "select|list", "round(1)", "indent(2)",
           "title", "replace('a', 'b')"]
TESTS = ["defined", "none", "string", "number", "odd", "even", "mapping", "sequence", "iterable", "in [1, 'a']", "eq 1",
        "divisibleby 2", "boolean", "true",
         "integer", "float", "undefined", "sameas none"]
CONTEXT = {"x": 5, "n": None, "s": "hé😀", "l": [3, 1, 2], "d": {"k": "v", "j": [1]}}
SPACES = ["", "", " ", "  ", "\n", "\n  ", " \n", "\n\n", "\n\t", "a", "b\n", "c ", "\r\n ", " d\n  "]
TAGS = ["if true", "for i in [1, 2]", "set v = 1", "comment", "print", "print", "else", "raw"]


def expression(dice, depth):
    """One random expression; brackets are rare, so that precedence decides."""
    kind = dice.randrange(12) if depth else 0
    if kind < 2:
        return dice.choice(VALUES)
    inner = expression(dice, depth - 1)
    if kind < 6:
        return f"{inner} {dice.choice(BINARY)} {expression(dice, depth - 1)}"
    if kind == 6:
        return f"{dice.choice(['not ', '-', 'not '])}{inner}"
    if kind == 7:
        return f"{inner} is {dice.choice(['', 'not '])}{dice.choice(TESTS)}"
    if kind == 8:
        return f"{inner} if {expression(dice, depth - 1)} else {expression(dice, depth - 1)}"
    if kind == 9:
        return f"({inner})"
    return f"{inner}|{dice.choice(FILTERS)}"


def sign(dice):
    return dice.choice(["", "", "", "-", "-", "+"])


def tags(dice, depth):
    """Random text with random tags, each with random signs and neighbours."""
    text = dice.choice(SPACES)
    for _ in range(dice.randrange(1, 4)):
        tag = dice.choice(TAGS if depth else ["set v = 1", "comment", "print"])
        marks = [sign(dice) for _ in range(6)]
        body = tags(dice, depth - 1) if depth else ""
        if tag == "comment":
            text += f"{{#{marks[0]} c {marks[1].replace('+', '-')}#}}"
        elif tag == "print":
            text += f"{{{{{marks[0].replace('+', '-')} {dice.choice(['1', 's', 'v'])} {marks[1].replace('+', '')}}}}}"
        elif tag == "raw":
            tight = marks[1].replace("+", "-")  # a raw tag knows no plus at its end
            text += f"{{%{marks[0]} raw {tight}%}}{dice.choice(SPACES)}{{{{ {dice.choice(SPACES)}"
            text += f"{{%{marks[2]} endraw {marks[3]}%}}"
        elif tag == "else":
            text += (f"{{%{marks[0]} if x {marks[1]}%}}{body}{{%{marks[2]} else {marks[3]}%}}{dice.choice(SPACES)}"
                     f"{{%{marks[4]} endif {marks[5]}%}}")
        elif tag.startswith("set"):
            text += f"{{%{marks[0]} {tag} {marks[1]}%}}"
        else:
            text += f"{{%{marks[0]} {tag} {marks[1]}%}}{body}{{%{marks[2]} end{tag.split()[0]} {marks[3]}%}}"
        text += dice.choice(SPACES)
    return text


def cases():
    """The cases, the same on every run."""
    dice = random.Random(20260102)
    for number in range(1, 601):
        yield f"Random expression {number}", "[{{ " + expression(dice, dice.choice([1, 2, 2, 3])) + " }}]", CONTEXT
    for number in range(1, 301):
        yield f"Random tags {number}", tags(dice, 2), CONTEXT


CASES = list(cases())
