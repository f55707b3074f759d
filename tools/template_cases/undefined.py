"""What a missing name, attribute or index does in every place, and what it refuses."""
from . import case, expressions

CASES = [
    *expressions("A missing value prints as nothing", ["x", "d.x", "d['x']", "l[9]", "l.x", "'a'.x", "5 .x", "none.x", "(x)", "x ~ 'a'", "'a' ~ x ~ 'b'", "d.d.x", "x if true", "1 if false"], d={"d": {}}, l=[]),
    *expressions("A missing value is false, empty and equal to itself only", ["not x", "x or 'd'", "x and 'd'", "x == y", "x == none", "x == ''", "x != y", "x|length", "x|list", "x|string", "x is none", "x is defined", "x is undefined", "x is string", "x is iterable", "x is sequence", "x is mapping",
                                                                              "x in [1]", "x in [x]", "'a' in x", "x|join", "x|first", "x|upper", "x|trim", "x|default(1)", "[x]", "{'a': x}", "(x,)", "x|tojson", "[x]|tojson", "{'a': x}|tojson", "x == d.x", "x|e", "x|replace('a', 'b')", "x|map('upper')|list", "x is sameas y", "x is callable", "x|reverse|list", "x|last"], d={}),
    *expressions("A missing value refuses the rest", ["x.y", "x['y']", "x[0]", "x()", "x.y()", "d.x.y", "d.x['y']", "d['x'].y", "l[9].a", "x + 1", "1 + x", "'a' + x", "x + 'a'", "x - 1", "x * 2", "x / 2", "x // 2", "x % 2", "x ** 2", "-x", "+x", "x < 1", "x > 1", "x <= y", "x >= 1", "x|int", "x|float", "x|abs",
                                                      "x|round", "x|sum", "x|sort", "x[1:]", "range(x)", "'a' * x", "x.y is defined", "x|items|list", "'a'.join(x)", "'a'.split(x)", "dict(x)", "x|indent", "x|dictsort", "[1][x]", "'%s' % x", "'%d' % x", "namespace(x)", "'a' in x.y", "x|unique|list"], d={}, l=[]),
    *expressions("The message of a missing value names it", ["nothing.attribute", "d.nothing.more", "d['a b'].c", "l[7].x", "nothing()", "d.nothing()", "d.n.x.y", "'text'.nothing()", "none.a.b", "(5).a.b", "true.a.b", "1.5.a.b", "d.k[0].x", "l.a.b", "d[5].a", "(1, 2).x.y", "range.x.y"], d={"n": {}, "k": [{}]}, l=[]),
    case("A missing macro raises", "{{ nothing(1, a=2) }}"),
    case("A loop over a missing attribute is empty", "{% for x in d.nothing %}x{% else %}none{% endfor %}", d={}),
    case("A loop over a missing attribute of a missing one raises", "{% for x in d.a.b %}x{% endfor %}", d={}),
    case("An if over a missing attribute", "{% if d.a %}y{% else %}n{% endif %}{% if d.a is defined and d.a.b %}y{% else %}n{% endif %}", d={}),
    case("An if over an attribute of a missing one raises", "{% if d.a.b %}y{% endif %}", d={}),
    case("An if over an item of none", "{% if m.tools and m.tools[0] %}y{% else %}n{% endif %}", m={"tools": None}),
    case("A missing value passed on stays missing", "{% macro m(a) %}{{ a is defined }}[{{ a }}]{% endmacro %}{{ m(x) }}{% set y = x %}{{ y is defined }}{% set ns = namespace(a=x) %}{{ ns.a is defined }}"),
    case("A missing value in a list", "{% for v in [x, 1] %}{{ v is defined }}{{ v }}{% endfor %}"),
    case("The item of none and of a boolean is undefined", "[{{ n.x }}{{ b.x }}{{ n['x'] }}]{{ n.x is defined }}", n=None, b=True),
    case("None differs from a missing value", "{{ n is defined }}{{ n is none }}{{ n }}{{ n|default('d') }}{{ x|default('d') }}", n=None),
    case("A missing value in the start of a loop's sum", "{% set total = total + 1 %}{{ total }}"),
    case("A default for a missing value and then an attribute", "{{ (x|default({})).a is defined }}{{ (x or {}).get('a', 'g') }}"),
]
