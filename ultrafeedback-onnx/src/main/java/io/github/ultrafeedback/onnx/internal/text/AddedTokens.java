package io.github.ultrafeedback.onnx.internal.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The added tokens of a model as transformers sees them: those of {@code tokenizer.json}, then what the configuration
 * says of them or adds, then tokens of the vocabulary that the configuration gives a role. A role that names a text
 * outside all of these is ignored: the model has no such id.
 */
final class AddedTokens {
    private AddedTokens() {}

    /** The tokens in the order of the files. */
    static List<AddedToken> merge(TokenizerFile file, TokenizerConfig config) {
        Map<String, AddedToken> tokens = new LinkedHashMap<>();
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
        return List.copyOf(tokens.values());
    }

    /** The texts of those tokens that users must not be able to write. */
    static Collection<String> controls(List<AddedToken> tokens) {
        return tokens.stream()
                .filter(AddedToken::control)
                .map(AddedToken::content)
                .toList();
    }
}
