package io.github.ultrafeedback.openai;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of an error, as far as it may be shown. A server's own sentences are left out: they quote prompts
 * and keys. Takes status 0 for an error without a response, and -1 for a length that is not known.
 */
record ErrorFacts(
        int status,
        @Nullable String type,
        @Nullable String code,
        @Nullable String param,
        @Nullable String requestId,
        int promptTokens,
        int contextLength) {
    static final ErrorFacts NONE = new ErrorFacts(0, null, null, null, null, -1, -1);

    private static final int PART_OF_KEY = 6; // shorter ones are chance, and tell nobody anything
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.\\[\\]]{0,63}|[0-9]{3}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    ErrorFacts {
        type = name(type);
        code = name(code);
        param = name(param);
        requestId = id(requestId);
    }

    /** The text if it is a name rather than prose, else null. */
    static @Nullable String name(@Nullable String text) {
        return text != null && NAME.matcher(text).matches() ? text : null;
    }

    static @Nullable String id(@Nullable String text) {
        return text != null && ID.matcher(text).matches() ? text : null;
    }

    /** The same without the names that stand in a text: a server may have quoted it. */
    ErrorFacts without(String text) {
        return new ErrorFacts(
                status,
                quoted(text, type),
                quoted(text, code),
                quoted(text, param),
                quoted(text, requestId),
                promptTokens,
                contextLength);
    }

    /** The same without the names that hold a key, or a long part of one. */
    ErrorFacts hiding(@Nullable String key) {
        return key == null
                ? this
                : new ErrorFacts(
                        status,
                        unlike(key, type),
                        unlike(key, code),
                        unlike(key, param),
                        unlike(key, requestId),
                        promptTokens,
                        contextLength);
    }

    private static @Nullable String unlike(String key, @Nullable String name) {
        boolean alike = name != null && (name.contains(key) || (name.length() >= PART_OF_KEY && key.contains(name)));
        return alike ? null : name;
    }

    private static @Nullable String quoted(String text, @Nullable String name) {
        return name == null || text.contains(name) ? null : name;
    }

    /** For example {@code status 429, code rate_limit_exceeded, request req_1}; empty without a response. */
    String shown() {
        StringBuilder text = new StringBuilder();
        if (status > 0) {
            text.append("status ").append(status);
        }
        add(text, "type", type);
        add(text, "code", code);
        add(text, "param", param);
        add(text, "request", requestId);
        return text.toString();
    }

    private static void add(StringBuilder text, String label, @Nullable String value) {
        if (value != null) {
            text.append(text.isEmpty() ? "" : ", ").append(label).append(' ').append(value);
        }
    }
}
