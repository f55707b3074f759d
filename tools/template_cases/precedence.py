"""Which operator binds first: arithmetic, concatenation, comparison, not, and, or, the inline if, tests and filters."""
from . import case, expressions

CASES = [
    *expressions("Arithmetic", ["1 + 2 * 3", "(1 + 2) * 3", "10 - 2 - 3", "2 * 3 % 4", "100 / 10 / 2", "2 + 3 ** 2",
        "-3 ** 2", "7 // 2 * 2", "1 - 2 + 3", "2 * 3 ** 2", "8 % 3 ** 2", "-7 // 2", "-(7 // 2)", "1 + -1",
        "2 * -2 + 1"]),
    *expressions("Concatenation binds after multiplication and before addition", [
        "1 + 2 ~ 3", "1 ~ 2 + 3", "'a' ~ 1 + 2 ~ 'b'", "2 * 3 ~ 4", "1 ~ 2 * 3", "'a' ~ 'b' ~ 'c'", "1 ~ 2 == '12'",
        "'x' ~ -1"]),
    *expressions("Comparison binds after concatenation", ["1 + 1 == 2", "'a' ~ 'b' == 'ab'", "1 < 2 + 1",
        "2 * 2 >= 4 - 1"]),
    *expressions("Comparisons chain", ["1 < 2 < 3", "1 < 3 < 2", "3 > 2 > 1", "1 < 2 > 1", "1 == 1 == 1", "1 == 1 != 2",
        "1 in [1] == true", "'a' in 'ab' in ['ab']", "1 < 2 < 3 < 4", "2 > 1 in [1]", "1 < 2 == true"]),
    *expressions("Not binds before and, and before or", [
        "not true and false", "not (true and false)", "true or false and false", "(true or false) and false",
        "not false or true", "not not true", "not 1 == 2", "not true == false", "not 1 in [2]", "1 not in [2]",
        "not 1 not in [1]", "false or not false", "true and not false and true"]),
    *expressions("And and or give one of their operands", ["'' or 'b'", "'a' or 'b'", "'a' and 'b'", "'' and 'b'",
        "0 or none", "0 or []", "1 and 0", "none or false or 'x'", "[] or {} or ''", "1 and 2 and 3"]),
    *expressions("And and or stop early", ["false and 1 / 0", "true or 1 / 0", "true and 1 / 0", "x is defined and x.y",
        "x is not defined or x.y.z"]),
    *expressions("A test binds before not and comparison", [
        "not x is defined", "not a is defined", "a is defined and a", "x is not defined", "a is defined == true",
        "1 + 1 is even", "(1 + 1) is even", "not a is none", "a is none or a is string", "2 is even and 3 is odd",
        "a is string ~ 'x'", "-2 is even", "3 * 2 is odd", "a is not none and a is not string", "'b' ~ a is string",
        "not 2 is odd", "a == 'A' is string"], a="A"),
    *expressions("Tests chain", ["a is string is true", "a is defined is not false", "1 is number is sameas true"],
        a="A"),
    *expressions("A test's argument may stand without brackets", [
        "6 is divisibleby 3", "6 is divisibleby(4)", "1 is eq 1", "2 is gt 1 and 1 is lt 2", "1 is in [1, 2]",
        "1 is not in [1]", "'a' is in 'abc'", "6 is divisibleby 3 or false", "5 is eq 5 == true", "1 is not eq 2",
        "'x' is eq 'x'", "4 is divisibleby n", "4 is divisibleby d.n", "4 is divisibleby -2"], n=2, d={"n": 3}),
    *expressions("A filter binds before every operator", [
        "1 + 'ab'|length", "'a' ~ 'b'|upper", "('a' ~ 'b')|upper", "-5|abs", "-x|abs", "not x|string", "2 ** -1|abs",
        "2 * -3|abs", "'a' in 'A'|lower", "x|abs + 1", "x|abs == 5", "[1, 2]|length * 2", "1 == 1|string",
        "x|abs is odd", "x is odd|string", "'b'|upper ~ 'c'", "'a' + 'b'|upper + 'c'", "not []|length", "1 - 2|abs",
        "2 ** 3|string"], x=-5),
    *expressions("Filters chain", ["' a '|trim|upper", "'a,b'|upper|lower|length", "[3, 1]|sort|first",
        "'x'|default('y')|upper ~ '!'"]),
    *expressions("A filter after a call, an index and brackets", ["'a b'.split()|length", "[' a '][0]|trim",
        "(1, 2)|list", "('a')|upper", "{'k': 'v'}|length", "'a'.upper()|lower", "{'k': ' v '}.k|trim"]),
    *expressions("The inline if binds last", [
        "'a' if true else 'b'", "'a' if false else 'b'", "'a' if false", "'a' if true", "1 + 1 if true else 0",
        "'x' ~ 'y' if false else 'z'", "1 if false else 2 if false else 3", "1 if true else 2 if true else 3",
        "(1 if true else 2) + 3", "1 if not true or true else 2", "'a' if 0 else 'b' ~ 'c'",
        "['a' if true else 'b', 2 if false]", "1 if true and false else 2|string ~ 'x'", "'a' if x is defined else 'b'",
        "x if x else 'none'", "('a' if true) ~ 'b'", "('a' if false) ~ 'b'"]),
    *expressions("The inline if reads one branch only", ["1 if true else 1 / 0", "1 / 0 if false else 2",
        "1 / 0 if true else 2"]),
    *expressions("Postfix forms chain", [
        "a.b.c", "a['b']['c']", "a.b['c']", "a['b'].c", "a.b.l[0]", "a.b.l[-1]", "a.b.l[0:2][1]", "a.b.c.upper()",
        "a.b.c.upper().lower()[0]", "a.b.l|last", "a.b.c[0]|upper", "a . b . c", "a.b.l[i]", "a.b.l[i - 1]", "a[k].c",
        "a[k ~ ''].c", "a.b.l[a.b.l[0]]", "a.get('b').get('c')", "a.b.s.split(',')[1]", "a.b.s.split(',')[-1].strip()",
        "(a.b).c", "[1, 2][1]", "'abc'[1]", "{'x': 1}.x", "{'x': 1}['x']", "(1, 2)[0]"], a={"b": {"c": "deep", "l": [1,
        2, 3], "s": "x, y"}}, i=1, k="b"),
    *expressions("A number after a dot is an index", ["a.0", "a.1.b", "a.0|upper", "'xyz'.1"], a=["zero",
        {"b": "one"}]),
    case("A tag may begin with a bracket",
        "{% if (1 + 1) * 2 == 4 %}y{% endif %}{% for x in (1, 2) %}{{ x }}{% endfor %}"),
    case("A loop may run over an expression", "{% for x in [1] + [2] if x > 1 %}{{ x }}{% endfor %}"
                                              "{% for x in 'ab'|upper %}{{ x }}{% endfor %}"),
    case("A loop over an inline if takes brackets", "{% for x in (a if false else [3]) %}{{ x }}{% endfor %}"),
    case("A set may take an inline if", "{% set x = 1 if false else 2 %}{{ x }}{% set y = 'a' if false %}[{{ y }}]"),
    case("A set may take a bare tuple", "{% set x = 1, 2 %}{{ x }}{% set a, b = 3, 4 %}{{ a }}{{ b }}"),
]
