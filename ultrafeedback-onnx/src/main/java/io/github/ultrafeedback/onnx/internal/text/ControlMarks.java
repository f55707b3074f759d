package io.github.ultrafeedback.onnx.internal.text;

import io.github.ultrafeedback.chat.RenderedPrompt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives each control token a secret name, so that only a template can write it.
 *
 * <p>The native tokenizer is built with the secret names in place of {@code </s>}, {@code <|im_end|>} and so on. Where
 * a template wrote a control token, its secret name goes into the text; what a user typed stays as it is and is
 * ordinary text to that tokenizer. The whole prompt is thus encoded in one native call, and everything that depends on
 * the position of a control token (a prefix space, stripped white space, a normalizer) is left to the original code.
 *
 * <p>A name holds a random number drawn at every start, and private-use characters that no tokenizer joins with others.
 * Immutable.
 */
final class ControlMarks {
    private static final char START = '\uE000';
    private static final char END = '\uE001';

    private final List<String> contents;
    private final String prefix;
    private final Map<String, String> marks = new HashMap<>();
    /** Contents by first character, longest first: where several begin at one place, the longest wins. */
    private final Map<Character, List<String>> byFirst = new HashMap<>();

    /** Takes the control tokens and a number that users cannot guess. */
    ControlMarks(List<AddedToken> controls, long secret) {
        contents = controls.stream().map(AddedToken::content).toList();
        prefix = START + Long.toHexString(secret) + '.';
        for (int i = 0; i < contents.size(); i++) {
            String content = contents.get(i);
            marks.put(content, prefix + i + END);
            byFirst.computeIfAbsent(content.charAt(0), first -> new ArrayList<>())
                    .add(content);
        }
        byFirst.values().forEach(list -> list.sort((a, b) -> Integer.compare(b.length(), a.length())));
    }

    /** The secret name of a control token, or null for any other text. */
    @Nullable String mark(String content) {
        return marks.get(content);
    }

    /** The secret name of a control token, or the text itself if it is none. */
    String markOrSelf(String content) {
        return marks.getOrDefault(content, content);
    }

    /** The text of a prompt, in which control tokens count where the format wrote them. */
    String written(RenderedPrompt prompt) {
        StringBuilder text = new StringBuilder();
        StringBuilder template = new StringBuilder();
        for (RenderedPrompt.Piece piece : prompt.pieces()) {
            if (piece.template()) {
                // A control token may be written by two pieces of the format's, but not by the format and a user.
                template.append(piece.text());
                continue;
            }
            appendTemplate(text, template.toString());
            template.setLength(0);
            text.append(piece.text());
        }
        appendTemplate(text, template.toString());
        return text.toString();
    }

    /** Appends text in which control tokens count. */
    void appendTemplate(StringBuilder out, String text) {
        int plain = 0;
        for (int i = 0; i < text.length(); ) {
            String content = controlAt(text, i);
            if (content == null) {
                i++;
                continue;
            }
            out.append(text, plain, i).append(marks.get(content));
            i += content.length();
            plain = i;
        }
        out.append(text, plain, text.length());
    }

    private @Nullable String controlAt(String text, int at) {
        List<String> candidates = byFirst.get(text.charAt(at));
        if (candidates != null) {
            for (String content : candidates) {
                if (text.startsWith(content, at)) {
                    return content;
                }
            }
        }
        return null;
    }

    /** Puts the real texts back into what the native tokenizer decoded. */
    String restore(String decoded) {
        int at = decoded.indexOf(prefix);
        if (at < 0) {
            return decoded;
        }
        StringBuilder out = new StringBuilder(decoded.length());
        int plain = 0;
        while (at >= 0) {
            int end = decoded.indexOf(END, at);
            int index = Integer.parseInt(decoded.substring(at + prefix.length(), end));
            out.append(decoded, plain, at).append(contents.get(index));
            plain = end + 1;
            at = decoded.indexOf(prefix, plain);
        }
        return out.append(decoded, plain, decoded.length()).toString();
    }
}
