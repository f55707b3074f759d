"""The generation tag of transformers, and blocks in each other."""
from . import case

CASES = [
    case("A generation block is its body", "a{% generation %}b{{ 1 + 1 }}{% endgeneration %}c"),
    case("A generation block with whitespace control", "a \n{%- generation -%}\n b \n{%- endgeneration -%}\n c"),
    case("A generation block on lines of its own", "a\n  {% generation %}\nb\n  {% endgeneration %}\nc"),
    case("A generation block in a loop", "{% for m in ms %}{% if m.r == 'a' %}{% generation %}{{ m.c }}{{ loop.index }}{% endgeneration %}{% else %}{{ m.c }}{% endif %}{% endfor %}", ms=[{"r": "u", "c": "x"}, {"r": "a", "c": "y"}]),
    case("A generation block reads and does not write outer variables", "{% set x = 1 %}{% generation %}{{ x }}{% set x = 2 %}{{ x }}{% endgeneration %}{{ x }}"),
    case("A generation block in a macro", "{% macro m(t) %}{% generation %}<{{ t }}>{% endgeneration %}{% endmacro %}{{ m('a') }}"),
    case("A generation block with a macro in it", "{% generation %}{% macro m() %}x{% endmacro %}{{ m() }}{% endgeneration %}{{ m is defined }}"),
    case("An empty generation block", "[{% generation %}{% endgeneration %}]"),
    case("A namespace in a generation block", "{% set ns = namespace(n=0) %}{% generation %}{% set ns.n = 1 %}{% endgeneration %}{{ ns.n }}"),
    case("A loop in a generation block", "{% generation %}{% for x in [1, 2] %}{{ x }}{% endfor %}{% endgeneration %}"),
    case("Generation blocks nest", "{% generation %}a{% generation %}b{% endgeneration %}c{% endgeneration %}"),
    case("Generation is a name elsewhere", "{{ generation }}{% set generation = 1 %}{{ generation }}", generation="g"),
    case("Break in a generation block raises", "{% for x in [1] %}{% generation %}{% break %}{% endgeneration %}{% endfor %}"),
    case("A filter block in a loop in a block set", "{% set t %}{% for x in 'ab' %}{% filter upper %}{{ x }}{% endfilter %}{% endfor %}{% endset %}{{ t }}{{ t|lower }}"),
    case("A with block in a macro with a caller", "{% macro m() %}{% with x = 1 %}{{ caller(x) }}{% endwith %}{% endmacro %}{% call(v) m() %}{{ v }}{{ x is defined }}{% endcall %}"),
    case("Raw in every block", "{% if true %}{% raw %}{{ a }}{% endraw %}{% endif %}{% set x %}{% raw %}{% b %}{% endraw %}{% endset %}{{ x }}"),
    case("A comment in every block", "{% if true %}{# a #}{% for x in [1] %}{# b #}{{ x }}{# c #}{% endfor %}{% endif %}"),
    case("A set in an else of an if in a loop in a macro", "{% macro m(xs) %}{% for x in xs %}{% if x %}{% set y = 'a' %}{% else %}{% set y = 'b' %}{% endif %}{{ y }}{% endfor %}{% endmacro %}{{ m([1, 0]) }}"),
]
