package io.github.ultrafeedback.openai;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How servers say that a prompt is too long, each in its own words. Messages are looked at and go no further. */
final class ContextLengths {
    private static final String N = "(\\d{1,9})";
    private static final Pattern EXCEEDED = Pattern.compile("maximum context length is \\d"
            + "|model's (?:maximum )?context length (?:of|is only|\\() ?\\d"
            + "|input tokens exceed the configured limit of \\d"
            + "|longer than the maximum model length of \\d"
            + "|exceeds? the available context size"
            + "|exceed context window of \\d"
            + "|`max_new_tokens` must be <= \\d"
            + "|too large for model with \\d+ maximum context length"
            + "|prompt is too long: \\d+ tokens"
            + "|exceeds the maximum number of tokens allowed \\(\\d");
    private static final List<Pattern> CONTEXT = patterns(
            "context length (?:is only|is|of|\\() ?" + N + "\\b",
            "configured limit of " + N + "\\b",
            "maximum model length of " + N + "\\b",
            "available context size \\(" + N + " tokens",
            "context window of " + N + "\\b",
            "`max_new_tokens` must be <= " + N + "\\b",
            "model with " + N + " maximum context length",
            "> " + N + " maximum",
            "tokens allowed \\(" + N + "\\)");
    private static final List<Pattern> PROMPT = patterns(
            "\\(" + N + " (?:in the messages|in your prompt|of text input)",
            "\\b" + N + " tokens from the input",
            "messages resulted in " + N + "\\b",
            "\\b" + N + " input tokens",
            "prompt \\(length " + N + "\\)",
            "(?:request|input) \\(" + N + " tokens\\)",
            "given: " + N + " `inputs`",
            "prompt contains " + N + " tokens",
            "too long: " + N + " tokens",
            "token count \\(" + N + "\\)");

    private ContextLengths() {}

    private static List<Pattern> patterns(String... texts) {
        return List.of(texts).stream().map(Pattern::compile).toList();
    }

    /** Whether the message, in lower case, says so. */
    static boolean exceeded(String message) {
        return EXCEEDED.matcher(message).find();
    }

    /** The tokens of the prompt, or -1. */
    static int prompt(String message) {
        return first(PROMPT, message);
    }

    /** The tokens that fit, or -1. */
    static int context(String message) {
        return first(CONTEXT, message);
    }

    private static int first(List<Pattern> patterns, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(lower);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        return -1;
    }
}
