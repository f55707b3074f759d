package io.github.ultrafeedback.dataset.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * An UltraFeedback record: the row's own fields in their own order, with {@code models} and {@code completions} in
 * their place if the row has them, and behind {@code instruction} if not. So a row of source, instruction and answers
 * gets the original's order.
 */
public final class RecordJson {
    private RecordJson() {}

    /**
     * One element of {@code completions}.
     *
     * @param model the model
     * @param principle category of its principle
     * @param system its system text, to the byte
     * @param response the text to store
     */
    public record Completed(String model, String principle, String system, String response) {
        /** Names the model without the texts. */
        @Override
        public String toString() {
            return "Completed[model=" + model + "]";
        }
    }

    /**
     * Writes a record.
     *
     * @param row the row's text
     * @param completions one for each model, in order of the models
     * @param out what is written to
     * @throws UncheckedIOException if the row is no JSON, which it was when it was taken in
     */
    public static void write(String row, List<Completed> completions, JsonText out) {
        try (JsonParser parser = JsonReading.FACTORY.createParser(row)) {
            boolean hasModels = false;
            boolean hasCompletions = false;
            for (JsonToken token = startTop(parser); token != JsonToken.END_OBJECT; token = nextTop(parser)) {
                hasModels |= parser.currentName().equals("models");
                hasCompletions |= parser.currentName().equals("completions");
            }
            copy(row, completions, out, hasModels, hasCompletions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(
            String row, List<Completed> completions, JsonText out, boolean hasModels, boolean hasCompletions)
            throws IOException {
        try (JsonParser parser = JsonReading.FACTORY.createParser(row)) {
            out.open('{');
            for (JsonToken token = startTop(parser); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
                String name = parser.currentName();
                parser.nextToken();
                boolean models = name.equals("models");
                boolean completed = name.equals("completions");
                boolean instruction = name.equals("instruction");
                if (models || completed) {
                    parser.skipChildren();
                } else {
                    out.name(name);
                    JsonReading.copy(parser, out);
                }
                if (models || (!hasModels && (hasCompletions ? completed : instruction))) {
                    writeModels(completions, out);
                }
                if (completed || (!hasCompletions && (hasModels ? models : instruction))) {
                    writeCompletions(completions, out);
                }
            }
            out.close('}');
        }
    }

    private static JsonToken startTop(JsonParser parser) throws IOException {
        parser.nextToken();
        return parser.nextToken();
    }

    private static JsonToken nextTop(JsonParser parser) throws IOException {
        parser.nextToken();
        parser.skipChildren();
        return parser.nextToken();
    }

    private static void writeModels(List<Completed> completions, JsonText out) {
        out.name("models").open('[');
        completions.forEach(completed -> out.string(completed.model()));
        out.close(']');
    }

    private static void writeCompletions(List<Completed> completions, JsonText out) {
        out.name("completions").open('[');
        for (Completed completed : completions) {
            out.open('{').name("model").string(completed.model());
            out.name("principle").string(completed.principle());
            out.name("custom_system_prompt").string(completed.system());
            out.name("response").string(completed.response()).close('}');
        }
        out.close(']');
    }
}
