"""Escaping, and strings marked as safe, which escape what is added to them."""
from . import expressions

CASES = [
    *expressions("escape, safe and forceescape", ["'<a href=\"x\">&\\'</a>'|e", "'<b>'|escape", "'<b>'|safe",
        "'<b>'|safe|e", "'<b>'|e|e", "'<b>'|safe|forceescape", "'<b>'|e|forceescape", "5|e", "none|e",
        "'<b>'|safe|upper", "'<b>'|e|length", "('<b>'|safe) + '<i>'", "('<b>'|safe) ~ '<i>'", "'<b>'|safe|string|e",
        "'<i>' + ('<b>'|safe)", "('<b>'|safe) * 2", "('%s'|safe) % '<'", "'<b>'|safe is escaped", "'<b>' is escaped",
        "['<b>'|safe]|join('<')", "('<b>'|safe).upper()", "('a'|safe).replace('a', '<')",
        "'a<b'|safe|replace('<', '>')", "'<b>'|safe == '<b>'", "['<b>'|e]", "x|e", "('<a>'|safe).strip('<')",
        "'<b>'|safe|tojson", "('a b'|safe).split()"]),
]
