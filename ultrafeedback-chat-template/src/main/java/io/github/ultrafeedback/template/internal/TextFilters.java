package io.github.ultrafeedback.template.internal;

import static io.github.ultrafeedback.template.internal.Routine.flag;
import static io.github.ultrafeedback.template.internal.Routine.given;
import static io.github.ultrafeedback.template.internal.Routine.integer;
import static io.github.ultrafeedback.template.internal.Routine.text;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Filters that make strings of strings. */
final class TextFilters {
    private TextFilters() {}

    static void add(Routine.Table table) {
        mapping(table, "upper", Cases::upper);
        mapping(table, "lower", Cases::lower);
        mapping(table, "capitalize", Cases::capitalize);
        mapping(table, "title", TextFilters::title);
        table.add("trim value chars=", (a, b) -> Trims.strip(soft(a[0], b), a[1], true, true, b))
                .add(
                        "center value width=",
                        (a, b) -> Trims.pad(
                                soft(a[0], b), a[1] == Sentinel.MISSING ? 80L : a[1], Sentinel.MISSING, '^', b))
                .add("replace s old new count=", TextFilters::replace)
                .add("join value d= attribute=", TextFilters::join)
                .add("indent s width= first= blank=", TextFilters::indent)
                .add("truncate s length= killwords= end= leeway=", TextFilters::truncate)
                .add("wordcount s", (a, b) -> wordCount(soft(a[0], b).string()))
                .add("format value *", TextFilters::format)
                .add("urlencode value", (a, b) -> UrlEncoding.encode(a[0], b));
    }

    /** The string of a value; Markup stays Markup. */
    static Text soft(Object value, Budget budget) {
        return value instanceof Text text ? text : Repr.str(value, budget);
    }

    private static void mapping(Routine.Table table, String name, UnaryOperator<String> change) {
        table.add(name + " s", (a, b) -> {
            Text text = soft(a[0], b);
            b.string(text.string().length());
            return text.mapped(change.apply(text.string()));
        });
    }

    /** Words start after white space, a hyphen or an opening bracket; elsewhere letters become lower case. */
    private static String title(String string) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < string.length()) {
            boolean breaking = isBreak(string.charAt(i));
            int from = i;
            while (i < string.length() && isBreak(string.charAt(i)) == breaking) {
                i++;
            }
            int first = Character.charCount(string.codePointAt(from));
            out.append(Cases.upper(string.substring(from, from + first)))
                    .append(Cases.lower(string.substring(from + first, i)));
        }
        return out.toString();
    }

    private static boolean isBreak(char c) {
        return Chars.isSpace(c) || "-({[<".indexOf(c) >= 0;
    }

    private static Object replace(Object[] a, Budget budget) {
        int most = given(a[3]) ? integer(a[3], -1) : -1;
        return Splits.replace(Repr.str(a[0], budget), Repr.str(a[1], budget), Repr.str(a[2], budget), most, budget);
    }

    private static Object join(Object[] a, Budget budget) {
        Text separator = a[1] == Sentinel.MISSING ? Text.EMPTY : Repr.str(a[1], budget);
        TextBuilder out = new TextBuilder(budget);
        boolean first = true;
        for (Iterator<Object> it = Sequences.iterator(a[0]); it.hasNext(); ) {
            budget.step();
            Object item = it.next();
            if (given(a[2])) {
                item = Filters.by(item, a[2], Sentinel.NONE, true, budget);
            }
            if (!first) {
                out.append(separator);
            }
            out.append(Repr.str(item, budget));
            first = false;
        }
        return out.build();
    }

    private static Object indent(Object[] a, Budget budget) {
        Text text = text(a[0]);
        Text indent;
        if (a[1] instanceof Text given) {
            indent = given;
        } else {
            int width = Math.max(0, integer(a[1], 4));
            budget.string(width);
            indent = Text.value(" ".repeat(width));
        }
        boolean blank = flag(a[3]);
        List<Object> lines = new ArrayList<>(Splits.lines(
                new TextBuilder(budget).append(text).append("\n", false).build(), false, budget));
        TextBuilder out = new TextBuilder(budget);
        for (int i = 0; i < lines.size(); i++) {
            Text line = (Text) lines.get(i);
            boolean indented = i == 0 ? flag(a[2]) : blank || !line.isEmpty();
            out.append(i == 0 ? "" : "\n", false)
                    .append(indented ? indent : Text.EMPTY)
                    .append(line);
        }
        return out.build().like(text);
    }

    private static Object truncate(Object[] a, Budget budget) {
        int length = integer(a[1], 255);
        Text end = a[3] == Sentinel.MISSING ? Text.value("...") : text(a[3]);
        int leeway = given(a[4]) ? integer(a[4], 5) : 5;
        if (length < end.length() || leeway < 0) {
            throw Failure.render("truncate: length must be at least the length of end, and leeway at least 0");
        }
        if (Sequences.length(a[0]) <= (long) length + leeway) {
            return a[0];
        }
        Text text = text(a[0]);
        Text cut = text.slice(0, length - end.length());
        int space = flag(a[2]) ? -1 : cut.string().lastIndexOf(' ');
        return Arithmetic.concat(space < 0 ? cut : cut.sub(0, space), end, budget);
    }

    private static long wordCount(String string) {
        long count = 0;
        boolean inside = false;
        for (int c : string.codePoints().toArray()) {
            boolean word = Chars.isWord(c);
            count += word && !inside ? 1 : 0;
            inside = word;
        }
        return count;
    }

    private static Object format(Object[] a, Budget budget) {
        Args args = (Args) a[1];
        if (args.size() > 0 && !args.named().isEmpty()) {
            throw Failure.render("format: can't handle positional and keyword arguments at the same time");
        }
        Dict named = new Dict();
        args.named().forEach((name, value) -> named.put(Text.template(name), value));
        Object values = named.size() > 0 ? named : new Items(args.positional(), true);
        return PercentFormat.format(soft(a[0], budget), values, budget);
    }
}
