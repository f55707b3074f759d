"""Global functions: range, dict, cycler, joiner, namespace, raise_exception and strftime_now."""
from . import case, expressions, templates

CASES = [
    *expressions("The function range", ["range(3)|list", "range(1, 4)|list", "range(0, 10, 3)|list", "range(5, 0, -1)|list", "range(0)|list", "range(3, 1)|list", "range(-2, 2)|list", "range(3)|length", "2 in range(3)", "range(5)|sum", "range(true)|list", "range(10)|last", "range(3) == range(3)", "range(0, 1) + [1]",
                           "range(100000)|length", "range(100001)|length", "range(1.5)", "range('3')", "range(0, 1, 0)", "range()", "range(1, 2, 3, 4)", "range(stop=3)", "range(none)", "range(0, 1000000, 100)|length"]),
    *expressions("The function dict", ["dict()", "dict(a=1, b='x')", "dict({'a': 1})", "dict({'a': 1}, a=2, b=3)", "dict([('a', 1), ['b', 2]])", "dict(a=1).a", "dict(**{'x': 1})", "dict(5)", "dict([1])", "dict(d, role='x')", "dict(d)['role']", "dict(['ab', 'cd'])", "dict(a=1) == {'a': 1}", "dict(d.items())"], d={"role": "r", "c": 1}),
    case("A cycler", "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() }}{{ c.current }}"),
    case("A cycler over a loop", "{% set c = cycler('odd', 'even') %}{% for x in range(3) %}{{ c.next() }} {% endfor %}"),
    case("A cycler without values raises", "{{ cycler() }}"),
    case("A joiner", "{% set j = joiner('; ') %}{% for x in 'abc' %}{{ j() }}{{ x }}{% endfor %}"),
    case("A joiner without a separator", "{% set j = joiner() %}{{ j() }}a{{ j() }}b"),
    case("A joiner over two loops", "{% set j = joiner('|') %}{% for x in [1] %}{{ j() }}{{ x }}{% endfor %}{% for x in [2, 3] if x > 2 %}{{ j() }}{{ x }}{% endfor %}"),
    case("raise_exception stops", "a{{ raise_exception('the reason') }}b"),
    case("raise_exception in a branch not taken", "{% if false %}{{ raise_exception('no') }}{% endif %}ok"),
    case("raise_exception with a built message", "{{ raise_exception('bad role ' ~ role ~ '!') }}", role="x"),
    case("raise_exception in a loop", "{% for m in ms %}{% if m.role not in ['a', 'b'] %}{{ raise_exception('Role ' + m.role + ' at ' ~ loop.index0) }}{% endif %}{{ m.role }}{% endfor %}", ms=[{"role": "a"}, {"role": "c"}]),
    case("raise_exception with quotes and lines", "{{ raise_exception('it\\'s \"so\"\\nand é') }}"),
    case("raise_exception in a macro", "{% macro m() %}{{ raise_exception('inside') }}{% endmacro %}{% set x = m() %}"),
    case("raise_exception in an inline if", "{{ 'ok' if true else raise_exception('no') }}{{ raise_exception('yes') if true else '' }}"),
    case("raise_exception after or", "{{ 'a' or raise_exception('no') }}{{ '' or raise_exception('yes') }}"),
    case("raise_exception without a message", "{{ raise_exception() }}"),
    case("raise_exception by keyword", "{{ raise_exception(message='by keyword') }}"),
    case("raise_exception with other values", "{{ raise_exception(5) }}"),
    *[(f"strftime_now with {form}", "{{ strftime_now('" + form + "') }}", {}) for form in (
        "%d %b %Y", "%Y-%m-%d", "%B %d, %Y", "%A %a", "%H:%M:%S", "%I:%M %p", "%j", "%y", "%%", "%f", "%w %u", "%U %W", "%V %G", "%d/%m/%Y, %H:%M", "no code", "", "é %Y 中", "%Y%m%d%H%M%S", "%b", "%%Y", "%m", "100%%")],
    case("strftime_now in a set", "{% if not date is defined %}{% set date = strftime_now('%d %b %Y') %}{% endif %}{{ date }}"),
    case("strftime_now behind a test", "{% if strftime_now is defined %}{% set date = strftime_now('%d %b %Y') %}{% else %}{% set date = '26 Jul 2024' %}{% endif %}{{ date }}"),
    case("strftime_now and a date that is given", "{% if not date is defined %}{% set date = strftime_now('%Y') %}{% endif %}{{ date }}", date="1 May 2025"),
    case("strftime_now by keyword", "{{ strftime_now(format='%Y') }}"),
    case("strftime_now and filters", "{{ strftime_now('%B')|upper }}{{ strftime_now('%Y')|int + 1 }}{{ strftime_now('%d-%m').split('-')[1] }}"),
    *templates("Functions called wrong", ["{{ strftime_now() }}", "{{ strftime_now('%Y', 1) }}", "{{ strftime_now(5) }}", "{{ namespace(1) }}", "{{ raise_exception('a', 'b') }}", "{{ joiner(1, 2, 3) }}", "{{ range.x }}", "{{ nothing() }}", "{{ dict(1, 2) }}", "{{ 'a'() }}", "{{ 5() }}", "{{ none() }}", "{{ [1](0) }}", "{{ {}() }}", "{{ true() }}", "{{ d.a() }}"], d={"a": 1}),
    *expressions("Globals under test", ["range is callable", "namespace is defined", "raise_exception is defined", "strftime_now is callable", "dict is defined", "lipsum is defined", "cycler is defined", "joiner is defined", "open is defined", "len is defined", "str is defined", "zip is defined", "enumerate is defined", "loop is defined", "self is defined", "super is defined", "caller is defined", "varargs is defined", "messages is defined", "tojson is defined", "now is defined"]),
]
