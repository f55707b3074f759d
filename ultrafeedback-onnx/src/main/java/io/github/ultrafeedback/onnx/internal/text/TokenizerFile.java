package io.github.ultrafeedback.onnx.internal.text;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a {@code tokenizer.json} says apart from its rules: read as a stream, since the vocabulary of 260,000 entries
 * that some models have would take some hundred megabytes as a tree.
 *
 * @param header all members but {@code model}
 * @param vocabularySize one more than the highest id of the vocabulary
 * @param ids ids of those texts that were asked for and stand in the vocabulary
 */
record TokenizerFile(ObjectNode header, int vocabularySize, Map<String, Integer> ids) {

    /** Reads the file and looks the names up in its vocabulary. */
    static TokenizerFile read(byte[] json, Set<String> names) throws IOException {
        ObjectNode header = Json.MAPPER.createObjectNode();
        Vocabulary vocabulary = new Vocabulary(names);
        boolean model = false;
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            require(parser, parser.nextToken() == JsonToken.START_OBJECT, "a tokenizer must be a JSON object");
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                if (name.equals("model")) {
                    model = true;
                    vocabulary.readModel(parser);
                } else {
                    header.set(name, Json.MAPPER.readTree(parser));
                }
            }
            require(parser, parser.currentToken() == JsonToken.END_OBJECT, "the JSON object does not end");
            require(parser, model, "a tokenizer must have the member \"model\"");
        }
        return new TokenizerFile(header, vocabulary.size, vocabulary.ids);
    }

    private static void require(JsonParser parser, boolean condition, String message) throws JsonParseException {
        if (!condition) {
            throw new JsonParseException(parser, message);
        }
    }

    /** Ids that the file itself puts before every text: most often BOS, or nothing. */
    int[] templatePrefix() {
        return prefix(header.path("post_processor"));
    }

    private static int[] prefix(JsonNode processor) {
        switch (processor.path("type").asText()) {
            case "Sequence" -> {
                for (JsonNode inner : processor.path("processors")) {
                    int[] prefix = prefix(inner);
                    if (prefix.length > 0) {
                        return prefix;
                    }
                }
                return new int[0];
            }
            case "TemplateProcessing" -> {
                return leadingSpecials(processor);
            }
            case "BertProcessing", "RobertaProcessing" -> {
                return new int[] {processor.path("cls").path(1).asInt()};
            }
            default -> {
                return new int[0];
            }
        }
    }

    private static int[] leadingSpecials(JsonNode template) {
        int[] prefix = new int[0];
        for (JsonNode piece : template.path("single")) {
            JsonNode special = piece.path("SpecialToken");
            if (special.isMissingNode()) {
                return prefix;
            }
            String name = special.path("id").asText();
            JsonNode ids = template.path("special_tokens").path(name).path("ids");
            int length = prefix.length;
            prefix = Arrays.copyOf(prefix, length + ids.size());
            for (int i = 0; i < ids.size(); i++) {
                prefix[length + i] = ids.get(i).asInt();
            }
        }
        return prefix;
    }

    /** Finds the size of the vocabulary and some of its ids. */
    private static final class Vocabulary {
        private final Set<String> names;
        private final Map<String, Integer> ids = new HashMap<>();
        private int size;

        private Vocabulary(Set<String> names) {
            this.names = names;
        }

        private void readModel(JsonParser parser) throws IOException {
            require(parser, parser.currentToken() == JsonToken.START_OBJECT, "\"model\" must be an object");
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals("vocab") && value == JsonToken.START_OBJECT) {
                    readMap(parser);
                } else if (name.equals("vocab") && value == JsonToken.START_ARRAY) {
                    readList(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }

        /** BPE, WordPiece and WordLevel: text to id. */
        private void readMap(JsonParser parser) throws IOException {
            for (String text = parser.nextFieldName(); text != null; text = parser.nextFieldName()) {
                add(text, parser.nextIntValue(0));
            }
        }

        /** Unigram: pairs of text and score, whose place is the id. */
        private void readList(JsonParser parser) throws IOException {
            for (int id = 0; parser.nextToken() == JsonToken.START_ARRAY; id++) {
                add(String.valueOf(parser.nextTextValue()), id);
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    parser.skipChildren();
                }
            }
        }

        private void add(String text, int id) {
            size = Math.max(size, id + 1);
            if (names.contains(text)) {
                ids.put(text, id);
            }
        }
    }
}
