"""How values print: Python's forms of constants, numbers, and strings within containers, with quotes and escapes."""
from . import case, expressions

NESTED = {"s": "it's", "q": 'say "hi"', "b": "both ' and \"", "n": None, "t": True, "f": False, "i": 1, "d": 1.0,
        "e": 1e-7, "big": 1e20, "l": [1, [2, {"k": []}]], "m": {}, "nl": "a\nb\tc\\d\r", "u": "é中😀",
        "c": "\u0000\u001b\u007f\u0080\u00a0\u00ad\u200b\u2028\ufeff", "x": "e\u0301", "zwj": "👩\u200d💻",
        "p": "\ue000\U000e0001"}

CASES = [
    *[(f"Printing {name} of nested data, bare and in a list", f"{{{{ v.{name} }}}}|{{{{ [v['{name}']] }}}}",
        {"v": {name: value}}) for name, value in NESTED.items()],
    case("Printing everything at once", "{{ v }}", v=NESTED),
    *expressions("Constants in containers", ["[none, true, false]", "{'a': none, 'b': [true]}", "(none,)",
        "[[], {}, ()]", "{none: true}", "[1, 1.0, -0.0, 1e16]"]),
    *expressions("Strings in containers", ["['a']", "[\"it's\"]", "['say \"hi\"']", "['both \\' \"']",
        "['\\n\\t\\r\\\\']", "['\\x00\\x1f\\x7f']", "['é', '中', '😀']", "['\\u00a0\\u200b\\u2028']", "['']",
        "{'k\\'': 'v\"'}", "[['a\\nb']]", "['\\xad']", "['\\ud800']|length"]),
    *expressions("Concatenation prints as printing does", ["'' ~ none", "'' ~ true ~ 1.0 ~ 1", "'' ~ [1, 'a']",
        "'' ~ {'a': none}", "1 ~ 2", "'' ~ (1,)", "'' ~ 1e16", "none ~ none"]),
    *expressions("A range, a namespace and views", ["range(3)", "range(1, 5, 2)", "range(0)", "namespace(a=1, b='x')",
        "namespace()", "dict(a=1).items()", "{'a': 'b'}.values()", "{}.keys()", "[range(2)]", "[namespace(a=1)]",
        "{'a': 1}.items()|list"]),
    *expressions("Tuples print", ["(1,)", "(1, 'a')", "()", "((),)", "[(1, 2)]", "{'a': 1}.items()|first",
        "('a',)|string", "(1, 2)|list"]),
    case("A print statement with several values is a tuple", "{{ 1, 'a' }}"),
    case("Integers beyond 53 bits", "{{ n }} {{ n + 1 }} {{ [n] }} {{ n|string }}", n=9007199254740993),
    case("The largest and smallest long", "{{ a }} {{ b }}", a=9223372036854775807, b=-9223372036854775808),
    case("Floats of the context", "{% for f in fs %}{{ f }} {% endfor %}{{ fs }}", fs=[1.0, 0.1, 100.0, 1e15, 1e16,
        1.5e300, 1e-4, 1e-5, 123456.789, -2.5, 3.0e-10]),
    case("Types have no name", "{{ 'a'.__class__ }}|{{ [].__class__ }}"),
]
