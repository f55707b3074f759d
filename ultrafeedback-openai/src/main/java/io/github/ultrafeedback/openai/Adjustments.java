package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.SamplingParams;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model was found to refuse. The error names the parameter, and that decides, not the name of the model: the
 * length goes by its other name, and a parameter whose value changes nothing is left out from then on. Thread-safe.
 */
final class Adjustments {
    private static final Set<String> CODES =
            Set.of("unsupported_parameter", "unsupported_value", "unknown_parameter", "unknown_argument");

    private final Set<String> dropped = ConcurrentHashMap.newKeySet();
    private volatile @Nullable LengthField length;

    /** Whether the request, sent with these fields, is worth sending again. */
    boolean learn(ApiFailure failure, Set<String> sent, SamplingParams params) {
        ErrorFacts facts = failure.facts();
        String named = facts.param();
        String code = facts.code();
        if (named == null || code == null || !CODES.contains(code)) {
            return false;
        }
        int dot = named.indexOf('.');
        String field = dot < 0 ? named : named.substring(0, dot);
        if (!sent.contains(field)) {
            return false;
        }
        LengthField refused = lengthField(field);
        if (refused != null) {
            return rename(refused);
        }
        if (!mayDrop(field, params)) {
            return false;
        }
        dropped.add(field); // another request may have learnt it first
        return true;
    }

    private static @Nullable LengthField lengthField(String field) {
        for (LengthField candidate : LengthField.values()) {
            if (candidate.wireName().equals(field)) {
                return candidate;
            }
        }
        return null;
    }

    private synchronized boolean rename(LengthField refused) {
        if (length == refused) {
            return false; // both names were refused
        }
        length = refused == LengthField.MAX_TOKENS ? LengthField.MAX_COMPLETION_TOKENS : LengthField.MAX_TOKENS;
        return true;
    }

    /** Whether leaving the field out changes nothing for these parameters. */
    static boolean mayDrop(String field, SamplingParams params) {
        return switch (field) {
            case "temperature" -> params.temperature() == 1;
            case "top_p" -> params.topP() == 1;
            case "top_k" -> params.topK() == 0;
            case "min_p" -> params.minP() == 0;
            case "repetition_penalty", "repeat_penalty" -> params.repetitionPenalty() == 1;
            case "seed", "stop", "stream_options" -> true; // best effort; matched by us; a wish of ours alone
            default -> false;
        };
    }

    /** Whether the field must be left out. */
    boolean dropped(String field) {
        return dropped.contains(field);
    }

    /** The name of the length that is left, or null where none was refused. */
    @Nullable LengthField length() {
        return length;
    }
}
