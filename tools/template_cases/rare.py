"""What hardly any chat template uses: filters for HTML, bytes, kinds of characters, methods of numbers, blocks."""
from . import expressions, templates

CASES = [
    *expressions("Kinds of characters", ["'abc'.isalpha()", "'ab1'.isalnum()", "'123'.isdigit()", "'12.3'.isdigit()", "'²'.isdigit()", "'½'.isnumeric()", "'12'.isdecimal()", "'²'.isdecimal()", "' \n'.isspace()", "''.isspace()", "'AB'.isupper()", "'ab'.islower()", "'Ab Cd'.istitle()", "'é中'.isalpha()",
                                         "'a_1'.isidentifier()", "'1a'.isidentifier()", "'abc'.isascii()", "'é'.isascii()", "''.isascii()", "'a\n'.isprintable()", "''.isalpha()", "'A1'.isupper()", "'٣'.isdigit()"]),
    *expressions("format_map", ["'{a}'.format_map({'a': 1})", "'{b}'.format_map({'a': 1})"]),
    *expressions("encode gives bytes", ["'a'.encode()", "'é'.encode('utf-8')|length", "'é'.encode().decode()"]),
    *expressions("translate and maketrans", ["'abc'.translate({97: 'x'})", "'abc'.translate({97: none, 98: 66})", "'abc'.translate(''.maketrans('ab', 'xy'))"]),
    *expressions("Methods of numbers", ["1.5.is_integer()", "(2.0).is_integer()", "(5).bit_length()", "n.bit_length()", "(255).to_bytes(1, 'big')", "(1.5).as_integer_ratio()", "(3).conjugate()", "(3).real", "(1.5).hex()"], n=255),
    *expressions("wordwrap", ["'a text of some words'|wordwrap(8)", "'abcdefghij'|wordwrap(4)", "'abcdefghij'|wordwrap(4, false)", "'a text of words'|wordwrap(6, wrapstring='|')", "'one\ntwo three'|wordwrap(20)",
                              "'well-known words'|wordwrap(6)", "'well-known words'|wordwrap(6, break_on_hyphens=false)", "'a\n\nb'|wordwrap(3)"]),
    *expressions("striptags", ["'<p>a <b>b</b>\n c</p>'|striptags", "'a &amp; b &lt;c&gt;'|striptags", "'<!-- x -->a'|striptags", "5|striptags"]),
    *expressions("urlencode", ["'a b/c?d=é&'|urlencode", "{'a': 1, 'b c': 'd&'}|urlencode", "[('a', 1), ('b', '/')]|urlencode", "5|urlencode", "'~._-'|urlencode"]),
    *expressions("urlize", ["'see https://example.com now'|urlize", "'www.example.com, ok'|urlize", "'mail a@example.com'|urlize", "'https://example.com/aaaaaaaa'|urlize(10)", "'http://example.com'|urlize(nofollow=true)",
                            "'http://example.com'|urlize(target='_blank')", "'<b> (http://example.com).'|urlize", "'http://example.com'|urlize(rel='x')"]),
    *expressions("xmlattr", ["{'class': 'a', 'id': none, 'n': 1}|xmlattr", "{'a': '<\"'}|xmlattr(false)", "{}|xmlattr", "{'a b': 1}|xmlattr", "{'x': y}|xmlattr"]),
    *expressions("filesizeformat", ["0|filesizeformat", "1|filesizeformat", "999|filesizeformat", "1000|filesizeformat", "1500000|filesizeformat", "1024|filesizeformat(true)", "123456789|filesizeformat(binary=true)",
                                    "'1500'|filesizeformat", "1e12|filesizeformat", "-5|filesizeformat"]),
    *expressions("pprint", ["{'b': [1, 'x'], 'a': none}|pprint", "'a'|pprint", "[1, (2,)]|pprint", "1.0|pprint"]),
    *templates("Blocks", ["{% block b %}x{% endblock %}", "{% block b %}x{% endblock b %}", "{% block b %}x{% endblock c %}", "{% block a %}1{% block b %}2{% endblock %}3{% endblock %}", "{% block a %}{% endblock %}{% block a %}{% endblock %}", "{% block b %}x{% endblock %}{{ self.b() }}", "{% for i in [1, 2] %}{% block b scoped %}{{ i }}{% endblock %}{% endfor %}", "{% for i in [1] %}{% block b %}[{{ i }}]{% endblock %}{% endfor %}", "{% block b required %}{% endblock %}", "{% block b %}{{ super() }}{% endblock %}"]),
    *templates("Autoescape", ["{% autoescape true %}{{ '<' }}{{ '<'|safe }}{% endautoescape %}", "{% autoescape false %}{{ '<' }}{% endautoescape %}"]),
]
