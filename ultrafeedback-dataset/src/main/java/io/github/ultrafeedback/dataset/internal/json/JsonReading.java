package io.github.ultrafeedback.dataset.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** How this module reads JSON: strictly, a name twice in an object being an error, and with no limit on a text. */
final class JsonReading {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(10_000)
                    .build())
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(com.fasterxml.jackson.core.StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private JsonReading() {}

    /** Copies the value at which the parser stands, and leaves the parser at its last token. */
    static void copy(JsonParser parser, JsonText out) throws IOException {
        int depth = 0;
        JsonToken token = parser.currentToken();
        while (true) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> out.open(token == JsonToken.START_OBJECT ? '{' : '[');
                case END_OBJECT, END_ARRAY -> out.close(token == JsonToken.END_OBJECT ? '}' : ']');
                case FIELD_NAME -> out.name(parser.currentName());
                case VALUE_STRING -> out.string(parser.getText());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.number(parser.getText());
                default -> out.literal(parser.getText());
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
            if (token == null) {
                throw new IOException("the text ends within a value");
            }
        }
    }
}
