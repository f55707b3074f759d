"""The tojson filter of transformers: Python's separators, no HTML escaping, and its arguments."""
from . import case, expressions

DATA = {"name": "get_weather", "n": 1, "f": 1.5, "t": True, "x": None, "list": [1, "a", [], {}], "inner": {"z": 1, "a": {"k": "v"}}, "text": "é <b> & 'q' \"d\" \n\t\\ /", "empty": ""}

CASES = [
    *expressions("Values", ["1|tojson", "1.0|tojson", "1e16|tojson", "-0.0|tojson", "1e-7|tojson", "true|tojson", "false|tojson", "none|tojson", "'a'|tojson", "''|tojson", "[]|tojson", "{}|tojson", "[1, 'a', none]|tojson", "{'a': 1}|tojson", "(1, 2)|tojson", "[[], {}]|tojson", "'<>&\\''|tojson", "[true, 1.5]|tojson", "1e300|tojson", "(2 ** 70)|tojson",
                            "('inf'|float)|tojson", "('nan'|float)|tojson", "[-('inf'|float)]|tojson", "100|tojson", "0.1|tojson", "123456789.123|tojson"]),
    *expressions("Keys that are not strings", ["{1: 'a'}|tojson", "{true: 1, none: 2}|tojson", "{1.5: 1}|tojson", "{(1, 2): 1}|tojson", "{1: 1, 'a': 2}|tojson(sort_keys=true)", "{false: 1}|tojson(indent=1)"]),
    *expressions("Escapes of strings", ["'\"'|tojson", "'\\\\'|tojson", "'\\n\\r\\t\\b\\f'|tojson", "'\\x00\\x1f'|tojson", "'\\x7f\\x80'|tojson", "'é中😀'|tojson", "'\\u2028\\u2029'|tojson", "'/'|tojson", "'é中😀\\x7f'|tojson(ensure_ascii=true)", "'\\u2028'|tojson(true)", "{'é': 'ü'}|tojson(ensure_ascii=True)"]),
    *expressions("What tojson refuses", ["x|tojson", "range(3)|tojson", "{'a': 1}.items()|tojson", "[1]|map('abs')|tojson", "namespace(a=1)|tojson", "range|tojson", "[x]|tojson", "'a'|tojson(other=1)", "'a'|tojson(1, 2, 3, 4, 5)", "{'a': 1}|tojson(indent=none, x=1)"]),
    *expressions("Arguments", ["d|tojson(indent=2)", "d|tojson(indent=4)", "d|tojson(indent=0)", "d|tojson(indent='\\t')", "d|tojson(indent=none)", "d|tojson(false, 2)", "d|tojson(separators=(',', ':'))", "d|tojson(separators=[',', ':'])", "d|tojson(indent=2, separators=(',', ': '))",
                               "d|tojson(sort_keys=true)", "d|tojson(sort_keys=true, indent=1)", "d|tojson(indent=1, sort_keys=false)", "d|tojson(false, none, none, true)", "d|tojson(separators=none)", "d|tojson(separators=(' ; ', ' = '))", "d|tojson(indent='--')", "d|tojson(indent=true)", "d|tojson(indent=-1)"], d=DATA),
    *expressions("Indent of empty and nested lists", ["[]|tojson(indent=2)", "{}|tojson(indent=2)", "[[]]|tojson(indent=2)", "[1]|tojson(indent=2)", "[[1, [2]], {'a': []}]|tojson(indent=2)", "{'a': {}}|tojson(indent=3)", "1|tojson(indent=2)", "'a\nb'|tojson(indent=2)", "(1, (2,))|tojson(indent=1)"]),
    *expressions("Bad separators", ["[1, 2]|tojson(separators=',')", "[1, 2]|tojson(separators=(',',))", "[1, 2]|tojson(separators=5)"]),
    case("Data of the context", "{{ d|tojson }}", d=DATA),
    case("The order of keys stays", "{{ d|tojson }}{{ d|tojson(sort_keys=true) }}", d={"b": 1, "a": 2, "C": 3, "é": 4}),
    case("Tools, one a line", "{% for t in tools %}{{ t|tojson }}\n{% endfor %}", tools=[{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {"a": {"type": "string", "enum": ["x", "y"]}}, "required": ["a"]}}}, {"type": "function", "function": {"name": "g"}}]),
    case("Tools as one list with indent", "{{ tools|tojson(indent=4) }}", tools=[{"name": "f", "parameters": {"p": []}}]),
    case("A string that is JSON already", "{{ s|tojson }}{{ s }}", s='{"a": 1}'),
    case("Arguments that may be a string", "{% for a in xs %}{{ a if a is string else a|tojson }};{% endfor %}", xs=['{"a": 1}', {"a": 1}, [], None]),
    case("tojson through other filters", "{{ d|tojson|length }}{{ d|tojson|upper }}{{ d|tojson|replace('\"', \"'\") }}{{ d|tojson|safe }}{{ (d|tojson).split(':')[0] }}", d={"a": 1}),
    case("tojson in concatenation", "{{ 'args: ' ~ d|tojson ~ '.' }}{{ 'x' + d|tojson }}", d={"a": [1]}),
    case("tojson of pieces", "{{ d.inner|tojson }}{{ d.list[1]|tojson }}{{ d['text']|tojson }}{{ d.x|tojson }}{{ d.list[-1]|tojson }}", d=DATA),
    case("tojson of a block set and a macro", "{% set b %}a\"b{% endset %}{{ b|tojson }}{% macro m() %}\n{% endmacro %}{{ m()|tojson }}"),
    case("tojson in a filter block", "{% filter tojson %}a\"b\n{% endfilter %}"),
    case("tojson mapped", "{{ xs|map('tojson')|join('\n') }}", xs=[{"a": 1}, "b"]),
]
