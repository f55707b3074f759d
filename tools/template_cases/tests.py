"""Every built-in test on every kind of value, with arguments in each form."""
from . import case, expressions

KINDS = {"a string": "'a'", "an integer": "1", "a float": "1.5", "true": "true", "none": "none", "a list": "[1]",
        "a tuple": "(1,)", "a dict": "{'a': 1}", "a missing name": "x", "a range": "range(2)", "a function": "range",
        "an empty string": "''", "zero": "0", "a filter's items": "[1]|map('abs')"}
PLAIN = ["defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "true", "false", "mapping",
        "sequence", "iterable", "callable", "escaped"]


def row(title, value):
    """One case: what each test without argument says of a value."""
    checks = " ".join(f"{test}={{{{ {value} is {test} }}}}" for test in PLAIN)
    return case(f"Tests without argument on {title}", checks)


CASES = [
    *[row(title, f"({value})") for title, value in KINDS.items()],
    *expressions("odd and even", ["1 is odd", "2 is even", "0 is even", "-3 is odd", "1.0 is odd", "true is odd",
        "'a' is odd", "none is even", "1.5 is odd"]),
    *expressions("divisibleby", ["9 is divisibleby 3", "9 is divisibleby(2)", "0 is divisibleby 5",
        "9 is divisibleby(num=3)", "9 is divisibleby 0", "'a' is divisibleby 2", "9 is divisibleby"]),
    *expressions("Comparison tests", ["1 is eq 1", "1 is equalto 1.0", "1 is == 1", "1 is ne 2", "2 is gt 1",
        "2 is greaterthan 3", "2 is ge 2", "1 is lt 2", "1 is lessthan 1", "1 is le 1", "'a' is eq('a')",
        "none is eq none", "[1] is eq [1]", "1 is lt 'a'", "x is eq none"]),
    *expressions("in", ["1 is in [1]", "'a' is in('abc')", "'k' is in {'k': 1}", "1 is not in [1]", "1 is in 5",
        "1 is in x"]),
    *expressions("sameas", ["none is sameas none", "true is sameas true", "x is sameas x", "1 is sameas true",
        "d is sameas d", "[] is sameas []", "d is sameas e"], d={"a": 1}, e={"a": 1}),
    *expressions("upper and lower", ["'AB' is upper", "'aB' is upper", "'ab' is lower", "'1' is lower", "'' is upper",
        "5 is upper", "'É1' is upper"]),
    *expressions("filter and test", ["'upper' is filter", "'nothing' is filter", "'odd' is test", "'nothing' is test",
        "5 is filter"]),
    *expressions("Not with a test", ["1 is not odd", "x is not defined", "not x is defined", "not (x is defined)",
        "none is not none", "1 is not not odd"]),
    *expressions("defined on attributes and items", ["d.a is defined", "d.b is defined", "d['a'] is defined",
        "d['b'] is not defined", "d.n is defined", "d.n is none", "l[0] is defined", "l[5] is defined",
        "l[-5] is defined", "x.y is defined", "d.b.c is defined", "d.a.b is defined", "'a'.b is defined",
        "none.x is defined", "none is defined", "x.y is undefined", "d.items is defined", "d.keys is callable",
        "(x) is defined", "x|default(1) is defined", "d.b|length is defined"], d={"a": 1, "n": None}, l=[1]),
    *expressions("Unknown tests and wrong arguments", ["1 is nothing", "1 is odd(2)", "1 is eq", "1 is eq(1, 2)",
        "1 is", "1 is 2", "1 is 'odd'", "1 is defined(1, 2)", "1 is string 'x'", "1 is number.x"]),
    *expressions("A test between the words of an inline if", ["'y' if 2 is even else 'n'",
        "'y' if x is defined and x else 'n'", "'y' if 3 is divisibleby 2 else 'n'",
        "'y' if 1 is none or 1 is odd else 'n'"]),
    case("An unknown test in a branch that is not taken", "{% if false %}{{ 1 is nothing }}{% endif %}ok"),
    case("An unknown test in a branch that is taken raises", "{% if true %}{{ 1 is nothing }}{% endif %}ok"),
    case("Tests in the conditions of ifs",
        "{% for x in [none, true, 'a', 1, 1.5, [], {}] %}{% if x is none %}n{% elif x is boolean %}b{% elif x is string %}s{% elif x is integer %}i{% elif x is float %}f"
         "{% elif x is mapping %}m{% elif x is sequence %}q{% endif %}{% endfor %}"),
    case("Tests of values of the context",
        "{% for k, v in d.items() %}{{ k }}:{{ v is string }}{{ v is mapping }}{{ v is iterable }}{{ v is sequence }}{{ v is number }}{{ v is none }} {% endfor %}",
        d={"s": "x", "d": {}, "l": [], "i": 0, "f": 0.5, "b": False, "n": None}),
    case("A namespace under test",
        "{% set n = namespace(a=1) %}{{ n is mapping }}{{ n is defined }}{{ n is iterable }}{{ n is string }}{{ n.a is defined }}{{ n.b is defined }}"),
]
