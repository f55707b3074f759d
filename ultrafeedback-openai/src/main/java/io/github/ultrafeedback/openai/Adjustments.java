package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model was found to refuse. The error names the field, and that decides, not the name of the model: the length
 * goes by its other name, and a field whose value changes nothing is left out from then on. A value that matters fails
 * its prompt, and later ones before they are sent. Thread-safe.
 */
final class Adjustments {
    private static final Set<String> UNKNOWN =
            Set.of("unsupported_parameter", "unsupported_value", "unknown_parameter", "unknown_argument");
    /** Codes that say no more than that something is wrong. */
    private static final Set<String> VAGUE =
            Set.of("invalid_request_error", "invalid_request", "badrequesterror", "bad_request", "validation_error");

    private final Set<String> dropped = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Set<WireParam> refused = ConcurrentHashMap.newKeySet();
    private volatile @Nullable LengthField length;
    private volatile boolean ignoresN;

    /** Learns from a failure of a request with these fields. Returns what to tell, null where it is to be resent. */
    @Nullable ApiFailure learn(ApiFailure failure, Set<String> sent, SamplingParams params) {
        if (failure.kind() == ApiFailure.Kind.INVALID && failure.facts().equals(AnswerChoices.TOO_FEW)) {
            ignoresN = true;
            return failure;
        }
        String field = field(failure.facts().param());
        boolean known = UNKNOWN.contains(String.valueOf(failure.facts().code()));
        if (!sent.contains(field) || !(known || vague(failure))) {
            return failure;
        }
        LengthField refusedLength = lengthField(field);
        if (refusedLength != null) { // else it may be too long
            return known && rename(refusedLength) ? null : failure;
        }
        WireParam param = WireParam.of(field, params);
        if (mayDrop(field, param)) {
            if (known) {
                unknown.add(field);
            }
            dropped.add(field); // another request may have learnt it first
            return null;
        }
        if (param == null) {
            return failure;
        }
        refused.add(param);
        return ApiFailure.remote(
                failure.kind(), param.refused(), failure.certainty(), failure.facts(), failure.headers());
    }

    /** The field itself, of a name such as {@code messages[0].content}. */
    private static String field(@Nullable String param) {
        return param == null ? "" : param.split("[.\\[]", 2)[0];
    }

    private static boolean vague(ApiFailure failure) {
        ErrorFacts facts = failure.facts();
        String code = facts.code();
        return failure.kind() == ApiFailure.Kind.INVALID
                && (facts.status() == 400 || facts.status() == 422)
                && (code == null || code.matches("[0-9]+") || VAGUE.contains(code.toLowerCase(Locale.ROOT)));
    }

    private static @Nullable LengthField lengthField(String field) {
        for (LengthField candidate : LengthField.values()) {
            if (candidate.wireName().equals(field)) {
                return candidate;
            }
        }
        return null;
    }

    private synchronized boolean rename(LengthField refusedName) {
        if (length == refusedName) {
            return false; // both names were refused
        }
        length = refusedName == LengthField.MAX_TOKENS ? LengthField.MAX_COMPLETION_TOKENS : LengthField.MAX_TOKENS;
        return true;
    }

    /** Whether leaving the field out changes nothing: best effort; matched by us; a wish of ours alone; neutral. */
    private static boolean mayDrop(String field, @Nullable WireParam param) {
        return List.of("seed", "stop", "stream_options").contains(field) || (param != null && param.changesNothing());
    }

    /** Takes out what is refused; throws an {@link ApiFailure} where that would matter. */
    void apply(ObjectNode body, SamplingParams params) {
        if (ignoresN && params.n() > 1) {
            throw ApiFailure.local(
                    ApiFailure.Kind.INVALID,
                    "n must be 1 for this server, got " + params.n()
                            + ": it gave fewer choices than it was asked for; submit the prompt several times with n 1",
                    Certainty.NOT_SENT,
                    null);
        }
        for (String field : dropped) {
            WireParam param = WireParam.of(field, params);
            if (mayDrop(field, param)) {
                body.remove(field);
            } else if (param != null && unknown.contains(field) && body.has(field)) {
                throw notSent(param);
            }
        }
        if (refused.isEmpty()) {
            return;
        }
        body.fieldNames().forEachRemaining(field -> {
            WireParam param = WireParam.of(field, params);
            if (param != null && refused.contains(param)) {
                throw notSent(param);
            }
        });
    }

    private static ApiFailure notSent(WireParam param) {
        return ApiFailure.local(ApiFailure.Kind.INVALID, param.refused(), Certainty.NOT_SENT, null);
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
