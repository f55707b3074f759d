package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which field of the request an error is about, and why, in the words of OpenAI's API whatever the server's are. */
record NamedField(@Nullable String param, @Nullable String code) {
    private static final Pattern UNKNOWN_ARGUMENT =
            Pattern.compile("unrecognized request arguments? supplied: ([A-Za-z0-9_]{1,64})");
    private static final Pattern LENGTH = Pattern.compile("\\bmax_(?:completion_)?tokens\\b");
    private static final Pattern OTHER_NAME = Pattern.compile("not support|unsupported|instead");
    private static final Set<String> EXTRA = Set.of("extra_forbidden", "value_error.extra");

    static NamedField of(JsonNode error, String message) {
        String param = Json.text(error, "param");
        String code = Json.text(error, "code");
        String lower = message.toLowerCase(Locale.ROOT);
        Matcher unknown = UNKNOWN_ARGUMENT.matcher(lower);
        if (param == null && code == null && unknown.find()) { // OpenAI's older words for it
            return new NamedField(unknown.group(1), "unknown_parameter");
        }
        String length = otherLength(lower);
        if (length != null) {
            return new NamedField(param == null ? length : param, "unsupported_parameter");
        }
        return param == null ? fastApi(error, code) : new NamedField(param, code);
    }

    /** The first of both names of the length, where the message says to use the other. */
    private static @Nullable String otherLength(String message) {
        Matcher names = LENGTH.matcher(message);
        if (!OTHER_NAME.matcher(message).find() || !names.find()) {
            return null;
        }
        String first = names.group();
        while (names.find()) {
            if (!names.group().equals(first)) {
                return first;
            }
        }
        return null;
    }

    /** Servers written with FastAPI say where in the body something is wrong. */
    private static NamedField fastApi(JsonNode error, @Nullable String code) {
        JsonNode details = error.path("detail").isArray()
                ? error.path("detail")
                : error.path("message").path("detail"); // Mistral's wrap it
        JsonNode where = details.path(0).path("loc");
        if (!where.path(0).asText().equals("body") || !where.path(1).isTextual()) {
            return new NamedField(null, code);
        }
        boolean extra = EXTRA.contains(details.path(0).path("type").asText());
        return new NamedField(where.path(1).textValue(), extra ? "unknown_parameter" : code);
    }
}
