package io.github.ultrafeedback.onnx.internal.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The added tokens of a model as transformers sees them: those of {@code tokenizer.json}, then what the configuration
 * says of them or adds, then tokens of the vocabulary that the configuration gives a role. A role that names a text
 * outside all of these is ignored: the model has no such id. Immutable.
 */
final class AddedTokens {
    private final Map<String, AddedToken> tokens = new LinkedHashMap<>();
    private final BitSet special = new BitSet();
    private final int highestId;

    AddedTokens(TokenizerFile file, TokenizerConfig config) {
        for (JsonNode entry : file.header().path("added_tokens")) {
            AddedToken token = AddedToken.read(entry.path("id").asInt(), entry);
            tokens.put(token.content(), token);
        }
        List<AddedToken> declared = new ArrayList<>(config.declared());
        declared.sort(Comparator.comparingInt(AddedToken::id));
        for (AddedToken token : declared) {
            tokens.merge(token.content(), token, AddedToken::overriddenBy);
        }
        for (String name : config.namedSpecials()) {
            AddedToken known = tokens.get(name);
            Integer id = file.ids().get(name);
            if (known != null) {
                tokens.put(name, known.asSpecial());
            } else if (id != null) {
                tokens.put(name, new AddedToken(id, name, true, Json.MAPPER.createObjectNode()));
            }
        }
        tokens.remove("");
        int highest = -1;
        for (AddedToken token : tokens.values()) {
            special.set(token.id(), token.special());
            highest = Math.max(highest, token.id());
        }
        highestId = highest;
    }

    /** All of them, in the order of the files. */
    Collection<AddedToken> all() {
        return tokens.values();
    }

    /** Those that users must not be able to write. */
    List<AddedToken> controls() {
        return tokens.values().stream().filter(AddedToken::control).toList();
    }

    /** The id of a text, or empty if it is null or no added token. */
    OptionalInt id(@Nullable String content) {
        AddedToken token = content == null ? null : tokens.get(content);
        return token == null ? OptionalInt.empty() : OptionalInt.of(token.id());
    }

    boolean isSpecial(int id) {
        return id >= 0 && special.get(id);
    }

    /** The highest id, or -1 if there are none. */
    int highestId() {
        return highestId;
    }
}
