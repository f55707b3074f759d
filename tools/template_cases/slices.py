"""Indexes and slices with every sign and step, on strings by code point, lists, tuples and ranges."""
from . import case, expressions

BOUNDS = ["", "0", "1", "2", "-1", "-2", "9", "-9"]
STEPS = ["", ":", ":1", ":2", ":-1", ":-2"]
TEXT = "añ中😀e\u0301"


def table(title, name, **context):
    """A case for each step: slices with every pair of bounds, in one line."""
    cases = []
    for step in STEPS:
        slices = [f"{name}[{start}:{stop}{step}]" for start in BOUNDS for stop in BOUNDS]
        cases.append(case(f"{title} with step '{step}'", "\n".join(f"{one}={{{{ {one} }}}}" for one in slices),
        **context))
    return cases


CASES = [
    *table("Slices of a string by code point", "s", s=TEXT),
    *table("Slices of a list", "l", l=[1, 2, 3, 4]),
    *expressions("Slices of tuples and ranges", ["(1, 2, 3)[1:]", "(1, 2, 3)[::-1]", "range(10)[2:5]|list",
        "range(10)[::-3]|list", "()[1:]", "[][::-1]", "''[1:]", "range(5)[1:3]"]),
    *expressions("Bounds are expressions", ["l[n:]", "l[:n + 1]", "l[n - 1:l|length - 1]", "l[-n:]", "l[n * -1:]",
        "l[:d.n]", "l[(1):(2)]", "l[1 : 3]", "l[n:][0]", "l[1:][1:]", "l[:-1][-1]", "l[l|length - 2:]", "l[none:none]",
        "l[0:none:n]", "l[::d['n'] - 2]", "s[:s|length - 1]", "s[1:] ~ s[:1]", "l[1:]|length", "s[1:]|upper",
        "s[1:].upper()", "(l + [5])[-2:]", "l[true:]"], l=[1, 2, 3, 4], n=2, d={"n": 1}, s="abc"),
    *expressions("Slices that raise or are undefined", ["l[::0]", "l['a':]", "l[1.0:]", "5[1:]", "none[1:]",
        "{'a': 1}[1:]", "x[1:]", "'abc'[::0]", "l[:x]"], l=[1]),
    *expressions("Indexes of a list", ["l[0]", "l[-1]", "l[3]", "l[-4]", "l[3] is defined", "l['0']", "l[true]",
        "l[1.0]", "l[none]", "l[x]", "l.first", "l[0][0]", "l[i]", "l[i + 1]", "l[-i]", "l[l|length - 1]", "l[loop]"],
        l=["a", "b", "c"], i=1),
    *expressions("Indexes of a string by code point", ["s[0]", "s[2]", "s[3]", "s[-1]", "s[-3]", "s[9]",
        "s[9] is defined", "s[3]|length", "s|length", "s[3:4]", "s['a']", "s|first", "s|last", "s[4] ~ s[5]"], s=TEXT),
    *expressions("Indexes of a dict", ["d['a']", "d.a", "d['b']", "d[1]", "d['1']", "d[k]", "d['a b']", "d[none]",
        "d[true]", "d[[1]]", "d['n']['m']", "d.n.m", "d['n'].m", "d.n['m']", "d['x']['y']", "d.x.y",
        "d['x'] is defined", "d[1.0]", "d[x]", "{1: 'i', '1': 's'}[1]", "{1: 'i'}[1.0]", "{none: 'v'}[none]",
        "d[('a', 1)]"], d={"a": 1, "n": {"m": 2}, "a b": 3, "1": "s"}, k="a"),
    *expressions("Indexes of other kinds", ["(1, 2)[1]", "(1, 2)[-1]", "range(5)[2]", "range(5)[-1]", "range(5)[9]",
        "5[0]", "none[0]", "true[0]", "none['a']", "5.a", "x[0]", "x['a']", "'abc'['upper']()", "'abc'[0].upper()",
        "[1, 2, 3][1:][0]", "{'a': [1, {'b': 'c'}]}['a'][1]['b']"]),
    *expressions("Indexes that are not one", ["l[]", "l[1", "l[1, 2]", "l[1,]", "l[1:2, 3]", "l[:::]", "l[1 2]", "l."],
        l=[1, 2, 3]),
    case("The last message and the rest",
        "{{ ms[-1].c }}{% for m in ms[:-1] %}{{ m.c }}{% endfor %}{% for m in ms[1:] %}{{ loop.index }}{{ m.c }}{% endfor %}{% for m in ms[::-1] %}{{ m.c }}{% endfor %}",
        ms=[{"c": "a"}, {"c": "b"}, {"c": "c"}]),
    case("A slice of a set variable", "{% set rest = xs[1:] %}{{ rest }}{{ rest|length }}{% set xs = xs[:1] %}{{ xs }}",
        xs=[1, 2, 3]),
]
