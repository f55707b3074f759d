package io.github.ultrafeedback.template.internal;

import java.util.Arrays;

/** Puts a {@link Text} together and charges its characters. Not thread-safe. */
final class TextBuilder {
    private final StringBuilder out = new StringBuilder();
    private final Budget budget;
    private int[] cuts = new int[8];
    private int count;
    private boolean first;
    private boolean last;

    TextBuilder(Budget budget) {
        this.budget = budget;
    }

    TextBuilder append(Text text) {
        if (text.isUniform()) {
            return append(text.string(), text.startsAsTemplate());
        }
        int from = 0;
        boolean origin = text.startsAsTemplate();
        for (int i = 0; i < text.flips(); i++) {
            append(text.string(), from, text.flip(i), origin);
            from = text.flip(i);
            origin = !origin;
        }
        return append(text.string(), from, text.string().length(), origin);
    }

    TextBuilder append(String string, boolean template) {
        return append(string, 0, string.length(), template);
    }

    TextBuilder append(String string, int from, int to, boolean template) {
        if (from == to) {
            return this;
        }
        mark(template);
        budget.output(out.length() + (to - from));
        out.append(string, from, to);
        return this;
    }

    TextBuilder append(Text text, int from, int to) {
        return from == to ? this : append(text.sub(from, to));
    }

    int length() {
        return out.length();
    }

    Text build() {
        budget.string(out.length());
        budget.cuts(count);
        return Text.cut(out.toString(), first, Arrays.copyOf(cuts, count));
    }

    private void mark(boolean template) {
        if (out.length() == 0) {
            first = template;
        } else if (template != last) {
            if (count == cuts.length) {
                cuts = Arrays.copyOf(cuts, count * 2);
            }
            cuts[count++] = out.length();
        }
        last = template;
    }
}
