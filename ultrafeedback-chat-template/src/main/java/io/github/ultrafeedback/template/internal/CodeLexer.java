package io.github.ultrafeedback.template.internal;

import java.math.BigInteger;
import java.util.Deque;
import java.util.List;

/** Cuts what stands inside a tag: names, strings, numbers and operators. */
final class CodeLexer {
    private static final String PAIRS = "// ** == != >= <=";
    private static final String SINGLES = "+-/*%~[](){}><=.:|,;";
    private static final String OPENING = "{([";
    private static final String CLOSING = "})]";

    private final String source;
    private final List<Token> tokens;

    CodeLexer(String source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    /** Adds the token at an offset, if there is one, and returns the offset after it. */
    int next(int at, Deque<Character> open) {
        char c = source.charAt(at);
        if (Chars.isSpace(c)) {
            return at + 1;
        }
        if (isDigit(at)) {
            int end = floatEnd(at);
            return end > 0 ? floating(at, end) : integer(at);
        }
        if (c == '\'' || c == '"') {
            return string(at, c);
        }
        if (isNamePart(source.codePointAt(at))) {
            return name(at);
        }
        return operator(at, open);
    }

    private boolean isDigit(int at) {
        return at < source.length() && source.charAt(at) >= '0' && source.charAt(at) <= '9';
    }

    private static boolean isNamePart(int c) {
        return Chars.isWord(c)
                || (c >= 128 && Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }

    private int name(int at) {
        int end = at;
        while (end < source.length()) {
            int c = source.codePointAt(end);
            if (!isNamePart(c)) {
                break;
            }
            end += Character.charCount(c);
        }
        String name = source.substring(at, end);
        if (!Lexer.isIdentifier(name)) {
            throw Failure.syntax("Invalid character in identifier", at);
        }
        tokens.add(new Token(TokenType.NAME, name, at));
        return end;
    }

    /** End of digits with single underscores between them. */
    private int digits(int at) {
        int end = at;
        while (isDigit(end)
                || (end > at && source.charAt(end - 1) != '_' && source.startsWith("_", end) && isDigit(end + 1))) {
            end++;
        }
        return end;
    }

    /** Where a float ends, 0 if there is none: after a dot there is none, so that a.1.2 are two indexes. */
    private int floatEnd(int at) {
        if (at > 0 && source.charAt(at - 1) == '.') {
            return 0;
        }
        int whole = digits(at);
        int end = whole;
        if (end < source.length() && source.charAt(end) == '.' && isDigit(end + 1)) {
            end = digits(end + 1);
        }
        if (end < source.length() && (source.charAt(end) == 'e' || source.charAt(end) == 'E')) {
            int exponent = end + 1;
            if (exponent < source.length() && "+-".indexOf(source.charAt(exponent)) >= 0) {
                exponent++;
            }
            if (isDigit(exponent)) {
                return digits(exponent);
            }
        }
        return end == whole ? 0 : end;
    }

    private int floating(int at, int end) {
        double value = Double.parseDouble(source.substring(at, end).replace("_", ""));
        tokens.add(new Token(TokenType.FLOAT, value, at));
        return end;
    }

    private int integer(int at) {
        int radix = 10;
        int from = at;
        if (source.charAt(at) == '0' && at + 2 < source.length()) {
            int prefixed = "box".indexOf(Character.toLowerCase(source.charAt(at + 1)));
            int candidate = prefixed < 0 ? 10 : new int[] {2, 8, 16}[prefixed];
            int first = source.charAt(at + 2) == '_' ? at + 3 : at + 2;
            if (prefixed >= 0 && isRadixDigit(first, candidate)) {
                radix = candidate;
                from = at + 2;
            }
        }
        boolean zero = radix == 10 && source.charAt(at) == '0';
        int end = from;
        while (isPart(end, radix, zero, end == at)) {
            end++;
        }
        String written = source.substring(from, end).replace("_", "");
        if (written.length() > (radix == 10 ? 4300 : 30_000)) {
            throw Failure.syntax("an integer of more than " + (radix == 10 ? 4300 : 30_000) + " digits", at);
        }
        tokens.add(new Token(TokenType.INTEGER, Numbers.shrink(new BigInteger(written, radix)), at));
        return end;
    }

    private boolean isPart(int at, int radix, boolean zero, boolean first) {
        if (at >= source.length()) {
            return false;
        }
        if (source.charAt(at) == '_') {
            return !first && isPart(at + 1, radix, zero, true) && source.charAt(at + 1) != '_';
        }
        return zero ? source.charAt(at) == '0' : isRadixDigit(at, radix);
    }

    private boolean isRadixDigit(int at, int radix) {
        return at < source.length() && source.charAt(at) < 128 && Character.digit(source.charAt(at), radix) >= 0;
    }

    private int string(int at, char quote) {
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw Failure.syntax("unexpected char " + quote + ": the string has no end", at);
        }
        String value = Escapes.decode(source.substring(at + 1, end), at);
        tokens.add(new Token(TokenType.STRING, value, at));
        return end + 1;
    }

    private int operator(int at, Deque<Character> open) {
        if (at + 2 <= source.length()
                && PAIRS.contains(source.substring(at, at + 2))
                && !source.substring(at, at + 2).contains(" ")) {
            tokens.add(new Token(TokenType.OPERATOR, source.substring(at, at + 2), at));
            return at + 2;
        }
        char c = source.charAt(at);
        if (SINGLES.indexOf(c) < 0) {
            throw Failure.syntax("unexpected char '" + Character.toString(source.codePointAt(at)) + "'", at);
        }
        if (OPENING.indexOf(c) >= 0) {
            open.push(CLOSING.charAt(OPENING.indexOf(c)));
        } else if (CLOSING.indexOf(c) >= 0) {
            if (open.isEmpty() || open.pop() != c) {
                throw Failure.syntax("unexpected '" + c + "'", at);
            }
        }
        tokens.add(new Token(TokenType.OPERATOR, String.valueOf(c), at));
        return at + 1;
    }
}
