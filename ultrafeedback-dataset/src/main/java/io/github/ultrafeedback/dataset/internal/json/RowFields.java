package io.github.ultrafeedback.dataset.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a row that the job looks at; all others pass through.
 *
 * @param instruction what is asked; not empty
 * @param source the data set it is from, or null if the row does not say
 * @param models the models that the row itself names; empty if it names none
 * @param id the id that the row itself gives, or null if it gives none
 */
public record RowFields(
        String instruction,
        @Nullable String source,
        List<String> models,
        @Nullable String id) {
    /** Copies the list. */
    public RowFields {
        models = List.copyOf(models);
    }

    /** Texts as they come by. */
    private static final class Found {
        @Nullable String instruction;

        @Nullable String source;

        @Nullable String id;

        final List<String> models = new ArrayList<>();
    }

    /**
     * Reads a row.
     *
     * @param json the row's text
     * @param idField name of the field that holds the row's id, or null if none does
     * @return its fields
     * @throws BadRowException if it is no JSON object, or no row
     */
    public static RowFields read(String json, @Nullable String idField) throws BadRowException {
        Found found = new Found();
        try (JsonParser parser = JsonReading.FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadRowException("the row must be a JSON object, got something else");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                read(parser, found, idField);
            }
            if (parser.nextToken() != null) {
                throw new BadRowException("the row must be one JSON object, got more text behind it");
            }
        } catch (JsonProcessingException e) { // its message may quote the row
            throw new BadRowException(
                    "the row must be valid JSON with each name once in an object, got a fault at" + " character "
                            + (e.getLocation() == null ? 0 : e.getLocation().getCharOffset()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.instruction == null || found.instruction.isEmpty()) {
            throw new BadRowException("instruction must be a text of at least one character, got none");
        }
        if (idField != null && (found.id == null || found.id.isEmpty())) {
            throw new BadRowException(idField + " must be a text or a whole number, got none; it names the row");
        }
        return new RowFields(found.instruction, found.source, found.models, found.id);
    }

    private static void read(JsonParser parser, Found found, @Nullable String idField)
            throws IOException, BadRowException {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals(idField) && (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT)) {
            found.id = parser.getText();
        }
        if (name.equals("models")) {
            readModels(parser, found.models);
        } else if (name.equals("completions")) {
            if (value != JsonToken.START_ARRAY || parser.nextToken() != JsonToken.END_ARRAY) {
                throw new BadRowException("completions must be an empty list or absent, got another value;"
                        + " a job writes all completions of its rows itself");
            }
        } else if (value == JsonToken.VALUE_STRING && name.equals("instruction")) {
            found.instruction = parser.getText();
        } else if (value == JsonToken.VALUE_STRING && name.equals("source")) {
            found.source = parser.getText();
        } else {
            parser.skipChildren();
        }
    }

    private static void readModels(JsonParser parser, List<String> models) throws IOException, BadRowException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new BadRowException("models must be a list of texts, got another value");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_STRING || models.contains(parser.getText())) {
                throw new BadRowException("models must be a list of texts, each once, got something else in it");
            }
            models.add(parser.getText());
        }
    }

    /** Names no text of the row. */
    @Override
    public String toString() {
        return "RowFields[id=" + id + ", models=" + models.size() + "]";
    }
}
