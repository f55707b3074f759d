package io.github.ultrafeedback.template.internal;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/** The filter {@code urlencode}: a string, or the pairs of a query. */
final class UrlEncoding {
    private UrlEncoding() {}

    static Text encode(Object value, Budget budget) {
        if (value instanceof Text || !Sequences.isIterable(value)) {
            return Text.value(quote(value, false, budget));
        }
        Iterator<Object> pairs = value instanceof Dict dict
                ? new DictView(dict, DictView.Part.ITEMS).iterator()
                : Sequences.iterator(value);
        StringBuilder out = new StringBuilder();
        while (pairs.hasNext()) {
            List<Object> pair = Sequences.toList(pairs.next(), budget);
            if (pair.size() != 2) {
                throw Failure.value("urlencode takes pairs");
            }
            out.append(out.length() == 0 ? "" : "&")
                    .append(quote(pair.get(0), true, budget))
                    .append('=')
                    .append(quote(pair.get(1), true, budget));
            budget.output(out.length());
        }
        return Text.value(out.toString());
    }

    private static String quote(Object value, boolean query, Budget budget) {
        StringBuilder out = new StringBuilder();
        for (byte octet : Repr.str(value, budget).string().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = c < 128 && (Chars.isWord(c) || "-.~".indexOf(c) >= 0 || (c == '/' && !query));
            if (plain) {
                out.append(c);
            } else {
                out.append(c == ' ' && query ? "+" : String.format("%%%02X", (int) c));
            }
        }
        budget.string(out.length());
        return out.toString();
    }
}
