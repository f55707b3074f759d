"""Text of every script: lengths, indexes and filters by code point, case mapping, combining marks, names of variables."""
from . import case, expressions

TEXT = {"emoji": "👍🏽", "family": "👨\u200d👩\u200d👧", "combining": "e\u0301a", "chinese": "你好，世界", "arabic": "مرحبا",
        "hindi": "नमस्ते", "flag": "🇩🇪", "math": "𝒳𝟘", "nul": "a\u0000b", "bom": "\ufeffa", "rtl": "\u202eabc\u202c"}

CASES = [
    *[(f"{name}: length, ends, reverse, pieces",
        "{{ s }} {{ s|length }} [{{ s[0] }}] [{{ s[-1] }}] [{{ s[1:] }}] [{{ s[::-1] }}] [{{ s|reverse }}] {{ s|list }} {{ s|tojson }} {{ s|upper }} {{ s|e }} {{ s|tojson(ensure_ascii=true) }}",
        {"s": text}) for name, text in TEXT.items()],
    *expressions("Case", ["'ŸÑ'|lower", "'ÿñ'|upper", "'ﬀ'|upper", "'ŉ'|upper", "'ǰ'|upper", "'ΐ'|upper", "'ſ'|upper",
        "'Σ'|lower", "'ΌΣΟΣ ΤΗΣ'|lower", "'i'|upper", "'I'|lower", "'ı'|upper", "'ß'|title", "'ﬁn ﬂy'|title",
        "'éa'|capitalize", "'ǳ x'|title", "'𐐨'|upper", "'Ⴀ'|lower", "'ა'|upper", "'ა'|title", "'ⅷ'|upper"]),
    *expressions("Whitespace to strip", ["'\\u1680\\u2000\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000a'|trim",
        "'\\x1c\\x1d\\x1e\\x1fa'|trim", "'\\x85\\xa0a'|trim", "'\\u200b\\u2060\\ufeffa'|trim|length",
        "'\\u180ea'|trim|length", "'a\\x00 '|trim|length"]),
    *expressions("Lines", ["'a\\x1cb\\x85c\\u2029d'.splitlines()", "'a\\vb\\fc'.splitlines()|length",
        "'a\\u2028b'.split()", "'a\\x1fb'.split()", "'a\\u2028b'|indent(2)", "'a\\x0bb'|indent(2)|length"]),
    *expressions("Search by code point", ["'😀b😀'.find('b')", "'😀b😀'.count('😀')", "'😀b😀'.split('b')",
        "'x😀y'.replace('😀', '-')", "'😀' in 'a😀'", "'😀a'.startswith('a', 1)", "'e\\u0301' == 'é'",
        "'a\\u0301' in 'ba\\u0301'", "'😀'.center(5, '中')", "'%5s|' % '😀'", "'{:>3}'.format('😀')", "'😀' > '\\uffff'",
        "['😀', '\\uffff', 'a']|sort", "'😀' * 2", "'中'.ljust(3, '😀')", "'😀|a'.partition('|')", "'a😀'.removesuffix('😀')",
        "'a😀b'[1:2]", "'abc😀'.rfind('😀')", "'{}'.format('中')"]),
    case("Escapes and characters are the same", "{{ '\\u4e2d' == '中' }}{{ '\\U0001F600' == '😀' }}{{ '\\xe9' == 'é' }}"),
    case("A pair of escaped surrogates stays two", "{{ '\\ud83d\\ude00'|length }}"),
    case("Text of the template around tags", "前{{ 1 }}后 {%- if true %} ünï {%- endif %} 😀"),
    case("Keys of other scripts", "{{ d['é'] }}{{ d.中 }}{{ d['😀'] }}{% for k in d %}{{ k }}{% endfor %}", d={"é": 1,
        "中": 2, "😀": 3}),
    case("Keyword arguments of other scripts", "{% macro m(größe=1) %}{{ größe }}{% endmacro %}{{ m(größe=2) }}"),
    case("Loops count by code point",
        "{% for c in s %}{{ loop.index }}{{ c }}{% if loop.last %}/{{ loop.length }}{% endif %}{% endfor %}",
        s="a😀\u0301"),
    case("A string over lines with other scripts", "{{ 'é\n中\\n😀' }}{{ 'a\nü'|tojson }}"),
    case("A full width space as indentation of a variable", "\u3000{{ 1 }}\u3000"),
    case("Full width punctuation is text", "｛｛ x ｝｝<｜user｜>▁"),
]
