package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.List;

/** Filters about HTML. */
final class MarkupFilters {
    private MarkupFilters() {}

    static void add(Routine.Table table) {
        table.add("escape value", (a, b) -> Markup.escape(a[0], b))
                .alias("e", "escape")
                .add("forceescape value", (a, b) -> Markup.escape(Repr.str(a[0], b), b))
                .add("safe value", (a, b) -> Repr.str(a[0], b).asMarkup())
                .add("striptags value", (a, b) -> stripTags(Repr.str(a[0], b).string(), b))
                .add("xmlattr d autospace=", MarkupFilters::attributes);
    }

    private static Text stripTags(String html, Budget budget) {
        String bare = without(without(html, "<!--", "-->"), "<", ">");
        List<Object> words =
                Splits.split(Text.value(bare), Sentinel.NONE, -1, budget).list();
        String joined = String.join(
                " ", words.stream().map(word -> ((Text) word).string()).toList());
        return Text.value(Entities.decode(joined));
    }

    private static String without(String text, String start, String end) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        int open = text.indexOf(start);
        while (open >= 0) {
            int close = text.indexOf(end, open);
            if (close < 0) {
                break;
            }
            out.append(text, from, open);
            from = close + end.length();
            open = text.indexOf(start, from);
        }
        return out.append(text.substring(from)).toString();
    }

    private static Object attributes(Object[] a, Budget budget) {
        if (!(a[0] instanceof Dict dict)) {
            throw Failure.type("xmlattr takes a mapping");
        }
        List<Text> parts = new ArrayList<>();
        for (Dict.Entry entry : dict.entries()) {
            if (entry.value() == Sentinel.NONE || entry.value() instanceof Undefined) {
                continue;
            }
            Text key = Routine.text(entry.key());
            if (key.string().chars().anyMatch(c -> "/>= \t\n\r\f\u000b".indexOf(c) >= 0)) {
                throw Failure.value("Invalid character in attribute name");
            }
            parts.add(new TextBuilder(budget)
                    .append(Markup.escape(key, budget))
                    .append("=\"", false)
                    .append(Markup.escape(entry.value(), budget))
                    .append("\"", false)
                    .build());
        }
        TextBuilder out = new TextBuilder(budget);
        boolean space = a[1] == Sentinel.MISSING || Types.truth(a[1]);
        for (int i = 0; i < parts.size(); i++) {
            out.append(i > 0 || space ? " " : "", false).append(parts.get(i));
        }
        return out.build();
    }
}
