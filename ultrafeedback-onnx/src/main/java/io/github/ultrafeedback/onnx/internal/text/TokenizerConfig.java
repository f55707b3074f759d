package io.github.ultrafeedback.onnx.internal.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tokenizer_config.json} and {@code special_tokens_map.json} add to {@code tokenizer.json}. Both files may
 * be missing.
 *
 * @param tokenizerClass the Python class that transformers would load, empty if not said
 * @param addBos whether a prompt starts with BOS, null if not said
 * @param addPrefixSpace whether byte-level text gets a space in front
 * @param specialTokens texts of the tokens that have a role, by its name: {@code bos_token}, {@code eos_token} and so
 *     on
 * @param namedSpecials texts of all tokens that have a role: bos, eos, unk, pad and so on
 * @param declared tokens listed with their ids
 */
record TokenizerConfig(
        String tokenizerClass,
        @Nullable Boolean addBos,
        boolean addPrefixSpace,
        Map<String, String> specialTokens,
        Set<String> namedSpecials,
        List<AddedToken> declared) {
    private static final List<String> ROLES =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    /** Reads the two files of a model folder. */
    static TokenizerConfig read(Path folder) {
        JsonNode config = readTree(folder.resolve("tokenizer_config.json"));
        JsonNode map = readTree(folder.resolve("special_tokens_map.json"));
        Map<String, String> roles = new LinkedHashMap<>();
        for (String role : ROLES) {
            String token = token(config, map, role);
            if (!token.isEmpty()) {
                roles.put(role, token);
            }
        }
        Set<String> named = new LinkedHashSet<>(roles.values());
        for (JsonNode source : List.of(config, map)) {
            for (JsonNode token : source.path("additional_special_tokens")) {
                named.add(text(token));
            }
        }
        named.remove("");
        JsonNode addBos = config.path("add_bos_token");
        return new TokenizerConfig(
                config.path("tokenizer_class").asText(""),
                addBos.isBoolean() ? addBos.asBoolean() : null,
                config.path("add_prefix_space").asBoolean(),
                Collections.unmodifiableMap(roles),
                named,
                declared(folder, config));
    }

    private static List<AddedToken> declared(Path folder, JsonNode config) {
        List<AddedToken> declared = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry :
                config.path("added_tokens_decoder").properties()) {
            String id = entry.getKey();
            if (!id.matches("\\d{1,9}")) {
                throw new ModelLoadException("the keys of added_tokens_decoder in "
                        + folder.resolve("tokenizer_config.json") + " must be token ids, got \"" + id + "\"");
            }
            declared.add(AddedToken.read(Integer.parseInt(id), entry.getValue()));
        }
        return declared;
    }

    /** Whether transformers loads this as a class that writes BOS by its own setting, whatever the file says. */
    boolean ownsBos() {
        return tokenizerClass.startsWith("Llama")
                || tokenizerClass.startsWith("CodeLlama")
                || tokenizerClass.startsWith("Gemma");
    }

    private static JsonNode readTree(Path file) {
        if (!Files.isRegularFile(file)) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return Json.MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw Json.broken(file, e);
        }
    }

    @Nullable String bosToken() {
        return specialTokens.get("bos_token");
    }

    private static String token(JsonNode config, JsonNode map, String role) {
        String token = text(config.path(role));
        return token.isEmpty() ? text(map.path(role)) : token;
    }

    /** A token is written as its text or as an object that holds it. */
    private static String text(JsonNode token) {
        return token.isObject() ? token.path("content").asText("") : token.isTextual() ? token.asText() : "";
    }
}
