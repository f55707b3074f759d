"""Arithmetic: integers, floats, booleans, division and remainder with signs, powers, big integers, strings and lists."""
from . import expressions

CASES = [
    *expressions("Integers", ["1 + 2", "5 - 8", "3 * 4", "7 - -2", "2 * -3", "0 * -1"]),
    *expressions("True division gives a float", ["7 / 2", "4 / 2", "-7 / 2", "1 / 3", "0 / 5", "2 / 3.0", "10 / 5"]),
    *expressions("Floor division rounds down", ["7 // 2", "-7 // 2", "7 // -2", "-7 // -2", "7.5 // 2", "-7.5 // 2", "0 // 3",
                                                "1.0 // 0.1", "-1 // 10"]),
    *expressions("The remainder has the sign of the divisor", ["7 % 3", "-7 % 3", "7 % -3", "-7 % -3", "7.5 % 2", "-7.5 % 2",
                                                               "7.5 % -2", "6 % 3", "-6 % 3", "-6.0 % 3", "0 % 5"]),
    *expressions("Powers", ["2 ** 10", "2 ** 0", "2 ** -1", "(-2) ** 3", "2 ** 0.5", "4 ** 0.5", "2.0 ** 3", "0 ** 0",
                            "10 ** 18", "(-8) ** 2", "1 ** 1000", "10 ** -2"]),
    *expressions("Powers chain from the left and bind after the sign", ["2 ** 3 ** 2", "-2 ** 2", "2 ** -1 ** 2"]),
    *expressions("Division by zero raises", ["1 / 0", "1 // 0", "1 % 0", "1.0 / 0", "1.0 // 0.0", "1.0 % 0.0", "0 ** -1"]),
    *expressions("Booleans count as numbers", ["true + true", "true * 3", "true - false", "-true", "+false", "true / 2",
                                               "true // 1", "true ** 2", "1 + true", "true == 1", "false == 0.0"]),
    *expressions("Integers and floats mix", ["1 + 1.0", "3 * 0.5", "2 - 0.5", "1 == 1.0", "0.1 + 0.2", "1e3 + 1", "7 // 2.0"]),
    *expressions("Floats print as Python prints them", [
        "1e15", "1e16", "123456789012345680.0", "1e17", "1e22", "1e100", "0.0001", "0.00001", "1e-5", "1.5e-7", "-0.0", "0.0 * -1",
        "1.0", "100000.0", "12345.678", "1e15 + 0.5", "0.1", "1 / 3", "2 / 3", "1e300 * 1e10", "-1e300 * 1e10",
        "1e300 * 1e10 - 1e300 * 1e10", "5e-324", "1.7976931348623157e308", "9007199254740993.0", "4.35", "0.3", "2.675", "1e21",
        "1e23", "9.5e-5", "3.0e0", "123e-2", "2.0e-3"]),
    *expressions("Large integers stay exact", ["9223372036854775807 + 1", "2 ** 64", "2 ** 63 - 1", "-(2 ** 63)", "-(2 ** 63) - 1",
                                               "10 ** 20", "4611686018427387904 * 2", "10 ** 20 // 3", "10 ** 20 % 7",
                                               "10 ** 20 - 10 ** 20", "12345678901234567890", "2 ** 64 == 2.0 ** 64",
                                               "2 ** 100 > 2 ** 99", "2 ** 53 + 1 == 2.0 ** 53", "-9223372036854775808 // -1",
                                               "(2 ** 64)|string|length", "2 ** 64 / 2 ** 63", "[2 ** 65]"]),
    *expressions("Strings add and repeat", ["'a' + 'b'", "'ab' * 3", "3 * 'ab'", "'ab' * 0", "'ab' * -1", "'a' * true", "'a' + ''"]),
    *expressions("Lists and tuples add and repeat", ["[1] + [2]", "[1, 2] * 2", "2 * [0]", "[1] * 0", "(1,) + (2,)", "(1, 2) * 2"]),
    *expressions("Kinds that do not add raise", ["'a' + 1", "1 + 'a'", "'a' + none", "none + 'a'", "none + 1", "[1] + (2,)",
                                                 "[1] + 'a'", "{} + {}", "'a' + true", "'a' + ['b']", "'a' + {}", "(1,) + [2]"]),
    *expressions("Kinds that do not go with an operator raise", [
        "'a' - 'b'", "'a' * 'b'", "'a' * 1.5", "'a' / 2", "'a' // 2", "[1] - [1]", "[1] * [1]", "none * 2", "-'a'", "-none", "+'a'", "-[1]",
        "{} * 2", "'a' ** 2", "none ** 1", "+none"]),
    *expressions("The percent operator formats a string", [
        "'%s' % 'a'", "'%s and %s' % ('a', 1)", "'%d' % 3", "'%05d' % 42", "'%.2f' % 3.14159", "'%5s|%-5s|' % ('a', 'b')",
        "'%x %X %o' % (255, 255, 8)", "'%%'  % ()", "'%r' % 'a'", "'%(a)s-%(b)d' % {'a': 'x', 'b': 2}", "'%e' % 12345.678",
        "'%+d' % 5", "'%s' % none", "'%s' % [[1, 'a']]", "'%c' % 'z'", "'%g' % 0.0001"]),
    *expressions("The percent operator with the wrong values raises", ["'%d' % 'a'", "'%s %s' % 'a'", "'a' % 'b'", "'%s' % ()",
                                                                       "'%(a)s' % 'x'", "'%z' % 1"]),
    *expressions("Unary operators on variables", ["-x", "+x", "-x + x", "- -x", "-x * 2", "-y", "-z"], x=5, y=-2.5, z=True),
    *expressions("Numbers of the context", ["n", "n + 1", "f", "f * 2", "big", "neg", "f|int", "z", "e"],
                 n=3, f=1.5, big=9007199254740993, neg=-4, z=0.0, e=1e-7),
]
