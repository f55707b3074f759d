"""Conditions: if, elif and else, truth of every kind of value, comparison and containment."""
from . import case, expressions

VALUES = {"s": "x", "e": "", "l": [1], "el": [], "d": {"a": 1}, "ed": {}, "n": None, "z": 0, "f": 0.0, "g": 0.1,
        "t": True, "o": False, "sp": " ", "nl": [None], "zs": "0"}

CASES = [
    *[(f"Truth of {name} = {value!r}", f"{{% if {name} %}}yes{{% else %}}no{{% endif %}}", VALUES)
      for name, value in VALUES.items()],
    case("Truth of a missing value", "{% if x %}yes{% else %}no{% endif %}{% if not x %}not{% endif %}"),
    case("Truth of an empty tuple, range and block set",
        "{{ 'y' if () else 'n' }}{{ 'y' if range(0) else 'n' }}{% set b %}{% endset %}{{ 'y' if b else 'n' }}"),
    case("Truth of a function, a macro and a namespace",
        "{% macro m() %}{% endmacro %}{{ 'y' if range else 'n' }}{{ 'y' if m else 'n' }}{{ 'y' if namespace() else 'n' }}"),
    case("Elif branches are tried in order",
        "{% for x in [1, 2, 3, 4] %}{% if x == 1 %}one{% elif x == 2 %}two{% elif x > 2 and x < 4 %}three"
         "{% else %}more{% endif %} {% endfor %}"),
    case("An if without else gives nothing", "[{% if false %}x{% endif %}]"),
    case("Only the branch taken is run", "{% if true %}a{% elif 1 / 0 %}b{% else %}{{ 1 / 0 }}{% endif %}"),
    case("Ifs nest",
        "{% if true %}{% if false %}a{% else %}{% if true %}b{% endif %}{% endif %}{% else %}c{% endif %}"),
    case("An empty branch", "{% if true %}{% else %}x{% endif %}{% if false %}x{% elif true %}{% endif %}ok"),
    *expressions("Equality", ["1 == 1", "1 != 2", "'a' == 'a'", "'1' == 1", "none == none", "none == false",
        "0 == false", "'' == none", "[1, 2] == [1, 2]", "[1] == (1,)", "{'a': 1, 'b': 2} == {'b': 2, 'a': 1}",
        "{} == []", "1.0 == 1", "'a' != 'A'", "[] == []", "(1, 'a') == (1, 'a')", "[1, [2]] == [1.0, [2.0]]",
        "x == none", "x == y", "x == ''"]),
    *expressions("Order", ["1 < 2", "2 <= 2", "3 > 2.5", "'a' < 'b'", "'B' < 'a'", "'a' < 'ab'", "'é' > 'z'",
        "[1, 2] < [1, 3]", "[1] < [1, 0]", "(1, 2) >= (1, 2)", "true > false", "'10' < '9'", "'' < 'a'", "1 < true"]),
    *expressions("Order of different kinds raises", ["1 < 'a'", "none < 1", "'a' > none", "[1] < (1,)", "{} < {}",
        "'a' <= 1", "[1] > 0", "x < 1", "1 >= x", "[1, 'a'] < [1, 2]"]),
    *expressions("Containment", ["'a' in 'abc'", "'' in 'abc'", "'' in ''", "'ac' in 'abc'", "1 in [1, 2]",
        "1.0 in [1]", "true in [1]", "none in [none]", "'a' in {'a': 1}", "1 in {'a': 1}", "1 in (1, 2)",
        "[1] in [[1]]", "'x' not in 'abc'", "3 not in [1, 2]", "2 in range(3)", "'a' in ['abc']", "x in [1]",
        "'k' in d", "'v' in d.values()", "'k' in d.keys()", "1 in x"], d={"k": "v"}),
    *expressions("Containment in what holds nothing raises", ["1 in 'abc'", "none in 'abc'", "1 in 5", "'a' in none",
        "'a' in true", "[1] in {}"]),
]
