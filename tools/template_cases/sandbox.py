"""What the sandbox refuses: methods that change a list or a dict, attributes with underscores, formats that reach inside."""
from . import case, expressions

CASES = [
    *expressions("Methods that change a list", ["l.append(4)", "l.extend([4])", "l.insert(0, 4)", "l.pop()", "l.remove(1)", "l.clear()", "l.sort()", "l.reverse()", "[1].append(2)", "l['append'](4)", "(l|list).append(1)"], l=[1, 2, 3]),
    *expressions("Methods that change a dict", ["d.update({'b': 2})", "d.update(b=2)", "d.pop('a')", "d.popitem()", "d.clear()", "d.setdefault('a', 1)", "{}.update({})", "d['pop']('a')", "dict(a=1).pop('a')"], d={"a": 1}),
    *expressions("A method that changes may be named", ["l.append is defined", "d.update is defined", "l.append is callable", "l.pop is undefined"], l=[1], d={"a": 1}),
    *expressions("Attributes with underscores", ["'a'.__class__", "'a'.__class__ is defined", "''.__class__.__mro__", "x.__class__", "[].__len__()", "{}.__class__.__base__", "range.__globals__", "'a'['__class__']", "'a'|attr('__class__')", "d._a", "d['_a']", "d.__a__", "(1).__add__(2)", "none.__class__", "'a'.__len__"], d={"_a": 1, "__a__": 2}),
    *expressions("Attributes of functions and macros", ["range.__name__", "raise_exception.__code__", "namespace.__init__", "cycler.__init__.__globals__", "loop.__class__", "self.__class__", "dict.fromkeys('ab')", "dict.__subclasses__()", "range.x is defined", "joiner.x"]),
    *expressions("Formats stay inside", ["'{0.__class__}'.format('a')", "'{a.__class__}'.format(a=1)", "'{0[__class__]}'.format({'__class__': 1})", "'{0.x}'.format('a')", "'{a.__class__}'.format_map({'a': 1})", "('{0.__class__}'|safe).format('a')", "'%s' % ('a'.__class__)"]),
    case("A private attribute through the attr filter of a map", "{{ ['a']|map(attribute='__class__')|list }}"),
    case("A list of the context is not changed by addition", "{% set a = l %}{% set a = a + [2] %}{{ l }}{{ a }}", l=[1]),
    case("Changing in a set raises", "{% set x = l.append(1) %}", l=[]),
    case("Changing in a condition raises", "{% if l.append(1) %}{% endif %}", l=[]),
    case("Changing through a loop raises", "{% for x in l %}{{ l.pop() }}{% endfor %}", l=[1, 2]),
    case("Changing through do is no tag", "{% do l.append(1) %}", l=[]),
    case("Changing that is not reached", "{% if false %}{{ l.append(1) }}{% endif %}{{ l }}", l=[]),
    case("A range that is too large in a loop raises", "{% for x in range(1000000) %}{{ x }}{% endfor %}"),
    case("A range of the largest size in a loop", "{% for x in range(100000) if x is divisibleby 25000 %}{{ x }} {% endfor %}"),
    case("The caller of a private attribute prints nothing", "[{{ d.__dict__ }}]", d={}),
]
