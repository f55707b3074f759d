package io.github.ultrafeedback.template.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Cuts a source into tokens, with trim_blocks and lstrip_blocks on. Used once. */
final class Lexer {
    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean lineStarting = true;

    private Lexer(String source) {
        this.source = source;
    }

    /** The source with line feeds only and without its last line end, as jinja2 reads it. */
    static String normalize(String source) {
        String unix =
                source.indexOf('\r') < 0 ? source : source.replace("\r\n", "\n").replace('\r', '\n');
        return unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix;
    }

    static List<Token> tokens(String normalized) {
        Lexer lexer = new Lexer(normalized);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                add(TokenType.DATA, source.substring(at), at);
                at = source.length();
                break;
            }
            int sign = tag + 2;
            char kind = source.charAt(tag + 1);
            char mark = sign < source.length() ? source.charAt(sign) : ' ';
            boolean signed = mark == '-' || mark == '+';
            data(tag, signed ? mark : ' ', kind != '{');
            lineStarting = false;
            int inside = signed ? sign + 1 : sign;
            int raw = kind == '%' ? rawBegin(inside) : -1;
            if (raw >= 0) {
                raw(raw, tag);
            } else if (kind == '#') {
                comment(inside, tag);
            } else {
                at = inside;
                add(kind == '%' ? TokenType.BLOCK_BEGIN : TokenType.VARIABLE_BEGIN, "", tag);
                code(kind == '%');
            }
        }
        add(TokenType.EOF, "", source.length());
    }

    private int nextTag() {
        for (int i = source.indexOf('{', at); i >= 0 && i + 1 < source.length(); i = source.indexOf('{', i + 1)) {
            char next = source.charAt(i + 1);
            if (next == '{' || next == '%' || next == '#') {
                return i;
            }
        }
        return -1;
    }

    /** The text before a tag, less the white space that its sign or lstrip_blocks takes. */
    private void data(int end, char sign, boolean stripsLine) {
        int to = end;
        if (sign == '-') {
            while (to > at && Chars.isSpace(source.charAt(to - 1))) {
                to--;
            }
        } else if (sign != '+' && stripsLine) {
            int from = lineStart(end);
            boolean startsLine = from > at || lineStarting;
            if (startsLine && from < end && isBlank(from, end)) {
                to = from;
            }
        }
        if (to > at) {
            add(TokenType.DATA, source.substring(at, to), at);
        }
    }

    /** After the last line end before an offset, but not before the text that starts here: that keeps it linear. */
    private int lineStart(int end) {
        int from = end;
        while (from > at && source.charAt(from - 1) != '\n') {
            from--;
        }
        return from;
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Chars.isSpace(source.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private int skipSpace(int from) {
        int i = from;
        while (i < source.length() && Chars.isSpace(source.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Where the text after {@code raw %}} starts, -1 if this is another tag. */
    private int rawBegin(int inside) {
        int word = skipSpace(inside);
        if (!source.startsWith("raw", word)) {
            return -1;
        }
        int end = skipSpace(word + 3);
        if (source.startsWith("-%}", end)) {
            return skipSpace(end + 3);
        }
        return source.startsWith("%}", end) ? end + 2 : -1;
    }

    private void raw(int begin, int tag) {
        at = begin;
        lineStarting = source.charAt(begin - 1) == '\n';
        for (int i = source.indexOf("{%", begin); i >= 0; i = source.indexOf("{%", i + 1)) {
            char mark = i + 2 < source.length() ? source.charAt(i + 2) : ' ';
            boolean signed = mark == '-' || mark == '+';
            int word = skipSpace(signed ? i + 3 : i + 2);
            int end = source.startsWith("endraw", word) ? blockEnd(skipSpace(word + 6)) : -1;
            if (end >= 0) {
                data(i, signed ? mark : ' ', true);
                close(end);
                return;
            }
        }
        if (begin == source.length()) {
            return;
        }
        throw Failure.syntax("Missing end of raw directive", tag);
    }

    /** Where the text after a block's end starts, -1 if none ends here. */
    private int blockEnd(int from) {
        if (source.startsWith("+%}", from)) {
            return from + 3;
        }
        if (source.startsWith("-%}", from)) {
            return skipSpace(from + 3);
        }
        if (!source.startsWith("%}", from)) {
            return -1;
        }
        return source.startsWith("\n", from + 2) ? from + 3 : from + 2;
    }

    private void comment(int inside, int tag) {
        if (inside == source.length()) {
            at = inside;
            return;
        }
        int end = source.indexOf("#}", inside);
        if (end < 0) {
            throw Failure.syntax("Missing end of comment tag", tag);
        }
        char mark = end > inside ? source.charAt(end - 1) : ' ';
        if (mark == '-') {
            close(skipSpace(end + 2));
        } else {
            close(mark != '+' && source.startsWith("\n", end + 2) ? end + 3 : end + 2);
        }
    }

    private void close(int next) {
        at = next;
        lineStarting = source.charAt(next - 1) == '\n';
    }

    private void code(boolean block) {
        CodeLexer code = new CodeLexer(source, tokens);
        Deque<Character> open = new ArrayDeque<>();
        while (at < source.length()) {
            int end = open.isEmpty() ? (block ? blockEnd(at) : variableEnd(at)) : -1;
            if (end >= 0) {
                add(block ? TokenType.BLOCK_END : TokenType.VARIABLE_END, "", at);
                close(end);
                return;
            }
            at = code.next(at, open);
        }
    }

    private int variableEnd(int from) {
        if (source.startsWith("-}}", from)) {
            return skipSpace(from + 3);
        }
        return source.startsWith("}}", from) ? from + 2 : -1;
    }

    private void add(TokenType type, String value, int offset) {
        tokens.add(new Token(type, value, offset));
    }

    static boolean isIdentifier(String name) {
        if (name.isEmpty()) {
            return false;
        }
        int first = name.codePointAt(0);
        return (first == '_' || Character.isLetter(first) || Character.getType(first) == Character.LETTER_NUMBER)
                && name.codePoints().allMatch(c -> c == '_' || Character.isUnicodeIdentifierPart(c));
    }
}
