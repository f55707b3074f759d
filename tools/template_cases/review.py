"""Printing, formats and case where a first version differed from jinja2: found by random differential tests."""

WORDS = {"s": "ΛΟΓΟΣ ΣΑΣ Σ", "a": "aΣ", "u": "ᾀ ŉ ﬁ ǆ ᾳ", "c": "Ꭰꭰ ı ẞ", "d": "፩᧚①", "pct": "100% %s", "x": 255,
         "long": "ﬃß" * 3000}
ABOUT = "Where a first version differed from jinja2."
_EXPRESSIONS = [
    "s|title", "s.title()", "s|capitalize", "a.capitalize()", "a.swapcase()", "s.lower()", "a|lower", "u.title()",
    "u|capitalize", "u|title", "c.casefold()", "s.casefold()", "d.isdigit()", "long|upper|length", "long.lower()|length",
    "('a<'|escape)|list", "'<b>'|safe|list", "'<b>'|safe|first is escaped", "('<b>'|safe)[0] is escaped",
    "1.7976931348623157e308|filesizeformat", "1.7976931348623157e308|filesizeformat(true)", "1e999|filesizeformat",
    "'inf'|float|filesizeformat(true)", "'nan'|float|filesizeformat", "pct|format('a')", "'%5%' % 1", "'%-5%' % ()",
    "'%%|%%' % ()", "'%(k)%' % {'k': 1}", "'{:<06}'.format(7)", "'{:^015.1f}'.format(2.5)", "'{:>+#09.2f}'.format(2.5)",
    "'{:06}'.format('ab')", "'{:0=6}'.format('ab')", "'{:=6}'.format('ab')", "'{:0<6}'.format('ab')", "'{:06}'.format(-7)",
    "'{:,x}'.format(x)", "'{:_x}'.format(99999999)", "'{:_n}'.format(x)", "'{:,n}'.format(2.5)", "'{:,b}'.format(x)",
    "'{:6.1}'.format(true)", "'{:6}'.format(true)", "'{:<6}'.format(false)", "'{:#.0e}'.format(5.0)", "'{:#.0f}'.format(5.0)",
    "'{:#.0%}'.format(0.5)", "'{:#.2g}'.format(33.875)", "'%#.0E' % -9", "'%#.2g' % 33.875", "'%#.0f' % 2.0",
    "'%.*f' % (-7814823311224141881, 2.0)", "'%.1200f' % 5e-324", "'%.1200e' % 0.1", "strftime_now('%s')",
    "strftime_now('%^P %#P %#p %^p')", "strftime_now('%-f %#f %f')", "strftime_now('%^a %#B')",
    "'{0[a][b]}'.format({'a': {'b': 1}})", "'{0:{1}}'.format(1, '>3')", "'a&nosuch b&'|striptags",
    "('ab' * 9000).find('ab' * 20 ~ 'c')", "('ab' * 9000 ~ 'c').find('ab' * 20 ~ 'c')", "('ab' * 9000).rfind('ab' * 20)",
    "('c' ~ 'ab' * 9000).rfind('c' ~ 'ab' * 20)", "('ab' * 9000).count('ab' * 20)", "('ab' * 9000).split('ba' * 20)|length",
    "('ab' * 9000).rsplit('ba' * 20, 2)|map('length')|list", "('ab' * 9000)|replace('ab' * 20, 'x')|length",
    "('ab' * 20 ~ 'c') in ('ab' * 9000)", "('ab' * 9000).rpartition('ba' * 20)|map('length')|list", "''.rfind('abc')",
    "'xaxbx'.strip('x')", "'😀a😀'.strip('😀')", "'abc'.startswith(('b', 'a'))", "'abc'.endswith(('bc', 'x'), 2)",
    "'abc'.startswith('', 4)", "[1, [2, (3, {'k': [4]})]] == [1, [2, (3, {'k': [4]})]]",
]
CASES = [(f"Differs: {expression}", f"{{{{ {expression} }}}}", WORDS) for expression in _EXPRESSIONS]
