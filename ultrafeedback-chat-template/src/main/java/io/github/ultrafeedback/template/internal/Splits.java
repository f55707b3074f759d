package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Taking strings apart and putting them together. */
final class Splits {
    private Splits() {}

    static Items split(Text text, Object separator, int most, Budget budget) {
        if (!Routine.given(separator)) {
            return Items.list(words(text, most, budget));
        }
        String between = separator(separator);
        budget.string(text.string().length());
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (int cuts = 0; most < 0 || cuts < most; cuts++) {
            int found = Finder.indexOf(text.string(), between, from, budget);
            if (found < 0) {
                break;
            }
            budget.step();
            parts.add(text.sub(from, found));
            from = found + between.length();
        }
        parts.add(text.sub(from, text.string().length()));
        return Items.list(parts);
    }

    static Items rsplit(Text text, Object separator, int most, Budget budget) {
        List<Object> parts = new ArrayList<>();
        if (!Routine.given(separator)) {
            return Items.list(lastWords(text, most, budget));
        }
        String between = separator(separator);
        budget.string(text.string().length());
        int to = text.string().length();
        for (int cuts = 0; most < 0 || cuts < most; cuts++) {
            int found = Finder.lastIndexOf(text.string(), between, to, budget);
            if (found < 0) {
                break;
            }
            budget.step();
            parts.add(text.sub(found + between.length(), to));
            to = found;
        }
        parts.add(text.sub(0, to));
        Collections.reverse(parts);
        return Items.list(parts);
    }

    private static String separator(Object separator) {
        String between = Routine.text(separator).string();
        if (between.isEmpty()) {
            throw Failure.value("empty separator");
        }
        return between;
    }

    private static List<Object> words(Text text, int most, Budget budget) {
        budget.string(text.string().length());
        List<Object> parts = new ArrayList<>();
        String string = text.string();
        int i = 0;
        while (true) {
            while (i < string.length() && Chars.isSpace(string.charAt(i))) {
                i++;
            }
            if (i == string.length()) {
                return parts;
            }
            int from = i;
            if (most >= 0 && parts.size() == most) {
                parts.add(text.sub(from, string.length()));
                return parts;
            }
            while (i < string.length() && !Chars.isSpace(string.charAt(i))) {
                i++;
            }
            budget.step();
            parts.add(text.sub(from, i));
        }
    }

    private static List<Object> lastWords(Text text, int most, Budget budget) {
        budget.string(text.string().length());
        List<Object> parts = new ArrayList<>();
        String string = text.string();
        int i = string.length();
        while (true) {
            while (i > 0 && Chars.isSpace(string.charAt(i - 1))) {
                i--;
            }
            if (i == 0) {
                break;
            }
            int to = i;
            if (most >= 0 && parts.size() == most) {
                parts.add(text.sub(0, to));
                break;
            }
            while (i > 0 && !Chars.isSpace(string.charAt(i - 1))) {
                i--;
            }
            budget.step();
            parts.add(text.sub(i, to));
        }
        Collections.reverse(parts);
        return parts;
    }

    static List<Object> lines(Text text, boolean keepEnds, Budget budget) {
        budget.string(text.string().length());
        List<Object> lines = new ArrayList<>();
        String string = text.string();
        int from = 0;
        for (int i = 0; i < string.length(); ) {
            int end = i;
            if (!Chars.isLineEnd(string.charAt(i++))) {
                continue;
            }
            if (string.charAt(end) == '\r' && i < string.length() && string.charAt(i) == '\n') {
                i++;
            }
            budget.step();
            lines.add(text.sub(from, keepEnds ? i : end));
            from = i;
        }
        if (from < string.length()) {
            lines.add(text.sub(from, string.length()));
        }
        return lines;
    }

    static Items partition(Text text, Text separator, boolean last, Budget budget) {
        budget.string(text.string().length());
        String between = separator(separator);
        String string = text.string();
        int found = last
                ? Finder.lastIndexOf(string, between, string.length(), budget)
                : Finder.indexOf(string, between, 0, budget);
        if (found < 0) {
            return last ? Items.tuple(Text.EMPTY, Text.EMPTY, text) : Items.tuple(text, Text.EMPTY, Text.EMPTY);
        }
        int end = found + between.length();
        return Items.tuple(
                text.sub(0, found),
                text.sub(found, end),
                text.sub(end, text.string().length()));
    }

    static Text join(Text separator, Object items, Budget budget) {
        TextBuilder out = new TextBuilder(budget);
        boolean first = true;
        for (Iterator<Object> it = Sequences.iterator(items); it.hasNext(); ) {
            budget.step();
            Object item = it.next();
            if (!(item instanceof Text text)) {
                throw Failure.type("join() expects strings, found " + Types.name(item));
            }
            if (!first) {
                out.append(separator);
            }
            out.append(separator.isMarkup() ? Markup.escape(text, budget) : text);
            first = false;
        }
        return out.build();
    }

    static Text replace(Text text, Text old, Text fresh, int most, Budget budget) {
        if (text.isMarkup() && !fresh.isMarkup()) {
            return replace(text, Markup.escape(old, budget), Markup.escape(fresh, budget), most, budget);
        }
        String string = text.string();
        String sought = old.string();
        if (most == 0 || Finder.indexOf(string, sought, 0, budget) < 0) {
            return text;
        }
        TextBuilder out = new TextBuilder(budget);
        int from = 0;
        int search = 0;
        for (int done = 0; most < 0 || done < most; done++) {
            int found = search > string.length() ? -1 : Finder.indexOf(string, sought, search, budget);
            if (found < 0) {
                break;
            }
            budget.step();
            out.append(text, from, found).append(fresh);
            from = found + sought.length();
            search = sought.isEmpty() ? next(string, found) : from;
        }
        return out.append(text, from, string.length()).build();
    }

    private static int next(String string, int index) {
        return index < string.length() ? index + Character.charCount(string.codePointAt(index)) : index + 1;
    }
}
