"""Literals: strings with their escapes, numbers in every notation, lists, tuples, dicts and the constants."""
from . import case, expressions

CASES = [
    *expressions("A string in either quote", ["'a'", '"a"', "'it\"s'", '"it\'s"', "''", '""']),
    *expressions("Escapes of a string", [r"'a\nb'", r"'a\tb'", r"'a\\b'", r"'a\'b'", r'"a\"b"', r"'\\n'",
        r"'\x41\u00e9'", r"'\u4e2d\U0001F600'", r"'\101\0'|length", r"'\a\b\f\v\r'|tojson", r"'\q\d'", r"'\N{BULLET}'",
        r"'a\
b'"]),
    *expressions("A string with text of other scripts", ["'中文 é'", "'😀'|length", "'\u200d'|length"]),
    *expressions("Strings next to each other join", ["'a' 'b'", "'a' \"b\" 'c'|upper", "'a'\n 'b'"]),
    *expressions("A string holds the marks of tags", ["'{{ x }}'", "'{% if %}'", "'{# c #}'", "'}}'", "'%}'"]),
    *expressions("Integers", ["0", "42", "007", "1_000", "0x1F", "0XfF", "0b101", "0o17", "0b1_0", "00",
        "9223372036854775807"]),
    *expressions("Floats", ["1.0", "1.5", "0.1", "1e3", "1E3", "1e+3", "1.5e-3", "1_0.2_5", "100.0", "2.50", "1e0"]),
    *expressions("Signed numbers", ["-1", "+1", "- 1", "-1.5", "--1", "-+-1"]),
    *expressions("Constants", ["true", "True", "false", "False", "none", "None"]),
    *expressions("Lists", ["[]", "[1]", "[1, 2]", "[1, 2,]", "[1, [2, [3]], 'a']", "['a', \"b\"]",
        "[none, true, 1.0]"]),
    *expressions("Tuples", ["()", "(1,)", "(1, 2)", "(1, 2,)", "1, 2", "1,", "((1, 2), 3)", "(1)", "('a', ['b'])"]),
    *expressions("Dicts", ["{}", "{'a': 1}", "{'a': 1, 'b': [2]}", "{'a': 1,}", "{1: 'x', true: 'y', none: 'z'}",
        "{'a': {'b': {}}}", "{'a': 1, 'a': 2}", "{1: 2, 1.0: 3}", "{('a', 1): 2}", "{x: x ~ 'v'}",
        "{'a' ~ 'b': 1 + 1}"], x="k"),
    *expressions("A dict whose key is a list", ["{[1]: 2}", "{{'a': 1}: 2}"]),
    case("Literals span lines", "{{ {\n  'a': [\n 1,\n 2\n ],\n 'b': (\n3\n)\n} }}"),
    case("A name may hold digits and underscores", "{{ _a1 }}{{ B_2 }}", _a1="x", B_2="y"),
    case("A name may hold letters of other scripts", "{{ größe }}{% set 名 = 2 %}{{ 名 }}", größe=1),
    case("Names differ by case", "{{ a }}{{ A }}", a="low", A="up"),
    case("A name may begin as a keyword does", "{{ iffy }}{{ order }}{{ notx }}{{ inner }}{{ isle }}", iffy=1, order=2,
        notx=3, inner=4, isle=5),
    case("Constants can not be hidden by a variable", "{{ true }}{{ None }}", true="no", none="no"),
    case("self and other soft words are names", "{{ recursive }}{{ context }}{{ without }}{{ block }}", recursive=1,
        context=2, without=3, block=4),
]
