package io.github.ultrafeedback.template.internal;

import java.util.BitSet;
import java.util.function.IntPredicate;

/** Stripping and padding. */
final class Trims {
    private Trims() {}

    static Text strip(Text text, Object chars, boolean left, boolean right, Budget budget) {
        budget.string(text.string().length());
        IntPredicate drop = Chars::isSpace;
        if (Routine.given(chars)) {
            BitSet set = new BitSet();
            Routine.text(chars).string().codePoints().forEach(set::set);
            drop = set::get;
        }
        String string = text.string();
        int from = 0;
        int to = string.length();
        while (left && from < to && drop.test(string.codePointAt(from))) {
            from += Character.charCount(string.codePointAt(from));
        }
        while (right && to > from && drop.test(string.codePointBefore(to))) {
            to -= Character.charCount(string.codePointBefore(to));
        }
        return text.sub(from, to);
    }

    static Text pad(Text text, Object width, Object fill, char side, Budget budget) {
        Text filler = fill == Sentinel.MISSING ? Text.value(" ") : Routine.text(fill);
        if (filler.length() != 1) {
            throw Failure.type("The fill character must be exactly one character long");
        }
        int wide = Numbers.index(width);
        int missing = wide - text.length();
        if (missing <= 0) {
            return text;
        }
        int left = side == '<' ? 0 : side == '>' ? missing : missing / 2 + (missing & wide & 1);
        budget.string(wide);
        return new TextBuilder(budget)
                .append(filler.string().repeat(left), filler.startsAsTemplate())
                .append(text)
                .append(filler.string().repeat(missing - left), filler.startsAsTemplate())
                .build();
    }

    static Text zeros(Text text, int width, Budget budget) {
        int missing = width - text.length();
        if (missing <= 0) {
            return text;
        }
        budget.string(width);
        boolean signed = text.string().startsWith("-") || text.string().startsWith("+");
        int sign = signed ? 1 : 0;
        return new TextBuilder(budget)
                .append(text, 0, sign)
                .append("0".repeat(missing), false)
                .append(text, sign, text.string().length())
                .build();
    }

    static Text expandTabs(Text text, int size, Budget budget) {
        TextBuilder out = new TextBuilder(budget);
        int column = 0;
        int from = 0;
        String string = text.string();
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '\t') {
                int spaces = size > 0 ? size - column % size : 0;
                budget.string(spaces);
                out.append(text, from, i).append(" ".repeat(spaces), text.isTemplateAt(i));
                column += spaces;
                from = i + 1;
            } else if (c == '\n' || c == '\r') {
                column = 0;
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
        return out.append(text, from, string.length()).build();
    }
}
