package io.github.ultrafeedback.template.internal;

/** HTML escaping, which templates ask for with the filters {@code escape} and {@code safe}. */
final class Markup {
    private Markup() {}

    /** Escapes what is not Markup yet; the result is Markup. An escaped character keeps its origin. */
    static Text escape(Object value, Budget budget) {
        Text text = Repr.str(value, budget);
        if (value instanceof Text given && given.isMarkup()) {
            return given;
        }
        String string = text.string();
        TextBuilder out = new TextBuilder(budget);
        int from = 0;
        for (int i = 0; i < string.length(); i++) {
            String entity = entity(string.charAt(i));
            if (!entity.isEmpty()) {
                out.append(text, from, i).append(entity, text.isTemplateAt(i));
                from = i + 1;
            }
        }
        return out.append(text, from, string.length()).build().asMarkup();
    }

    private static String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\'' -> "&#39;";
            case '"' -> "&#34;";
            default -> "";
        };
    }
}
