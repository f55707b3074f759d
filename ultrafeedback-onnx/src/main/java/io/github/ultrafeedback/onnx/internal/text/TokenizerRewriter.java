package io.github.ultrafeedback.onnx.internal.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;

/**
 * Writes the {@code tokenizer.json} that the native tokenizer gets: the original, but with the secret names of
 * {@link ControlMarks} for its control tokens, and without truncation, padding and the tokens that a post-processor
 * adds. Merges that would build a control token out of ordinary text are left out; no text reaches them in the original
 * either, since there the token is found first.
 */
final class TokenizerRewriter {
    private final ControlMarks marks;
    private final Collection<AddedToken> added;
    private final boolean addPrefixSpace;

    TokenizerRewriter(ControlMarks marks, Collection<AddedToken> added, boolean addPrefixSpace) {
        this.marks = marks;
        this.added = added;
        this.addPrefixSpace = addPrefixSpace;
    }

    /** Rewrites a file that {@link TokenizerFile#read} accepted. */
    byte[] rewrite(byte[] json) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length + 1024);
        try (JsonParser in = Json.MAPPER.createParser(json);
                JsonGenerator out = Json.MAPPER.createGenerator(bytes)) {
            in.nextToken();
            out.writeStartObject();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                in.nextToken();
                switch (name) {
                    case "truncation", "padding", "post_processor", "added_tokens" -> in.skipChildren();
                    case "pre_tokenizer" -> {
                        out.writeFieldName(name);
                        out.writeTree(preTokenizer(Json.MAPPER.readTree(in)));
                    }
                    case "model" -> {
                        out.writeFieldName(name);
                        copyModel(in, out);
                    }
                    default -> {
                        out.writeFieldName(name);
                        out.copyCurrentStructure(in);
                    }
                }
            }
            out.writeNullField("truncation");
            out.writeNullField("padding");
            out.writeNullField("post_processor");
            writeAdded(out);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** Transformers lets the configuration decide on a byte-level prefix space, whatever the file says. */
    private JsonNode preTokenizer(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("ByteLevel")
                && object.has("add_prefix_space")) {
            object.put("add_prefix_space", addPrefixSpace);
        }
        return node;
    }

    private void copyModel(JsonParser in, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            JsonToken value = in.nextToken();
            out.writeFieldName(name);
            if (name.equals("vocab") && value == JsonToken.START_OBJECT) {
                copyMap(in, out);
            } else if (name.equals("vocab") && value == JsonToken.START_ARRAY) {
                copyList(in, out);
            } else if (name.equals("merges") && value == JsonToken.START_ARRAY) {
                copyMerges(in, out);
            } else if (name.equals("unk_token") && value == JsonToken.VALUE_STRING) {
                out.writeString(marks.markOrSelf(in.getText()));
            } else {
                out.copyCurrentStructure(in);
            }
        }
        out.writeEndObject();
    }

    private void copyMap(JsonParser in, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (String text = in.nextFieldName(); text != null; text = in.nextFieldName()) {
            out.writeFieldName(marks.markOrSelf(text));
            in.nextToken();
            out.copyCurrentEvent(in);
        }
        out.writeEndObject();
    }

    private void copyList(JsonParser in, JsonGenerator out) throws IOException {
        out.writeStartArray();
        while (in.nextToken() == JsonToken.START_ARRAY) {
            out.writeStartArray();
            out.writeString(marks.markOrSelf(String.valueOf(in.nextTextValue())));
            while (in.nextToken() != JsonToken.END_ARRAY) {
                out.copyCurrentStructure(in);
            }
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    /** A merge is written as "left right" in older files and as a pair in newer ones. */
    private void copyMerges(JsonParser in, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                String merge = in.getText();
                int space = merge.indexOf(' ');
                if (space < 0 || !touchesControl(merge.substring(0, space), merge.substring(space + 1))) {
                    out.writeString(merge);
                }
                continue;
            }
            String left = String.valueOf(in.nextTextValue());
            String right = String.valueOf(in.nextTextValue());
            in.nextToken();
            if (!touchesControl(left, right)) {
                out.writeStartArray();
                out.writeString(left);
                out.writeString(right);
                out.writeEndArray();
            }
        }
        out.writeEndArray();
    }

    private boolean touchesControl(String left, String right) {
        return marks.mark(left) != null || marks.mark(right) != null || marks.mark(left + right) != null;
    }

    /** The native code gives ids in this order to tokens outside the vocabulary. */
    private void writeAdded(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("added_tokens");
        for (AddedToken token : added) {
            boolean control = marks.mark(token.content()) != null;
            out.writeStartObject();
            out.writeNumberField("id", token.id());
            out.writeStringField("content", marks.markOrSelf(token.content()));
            // A secret name must be found wherever it stands: not only between words, nor only in normalized text.
            out.writeBooleanField("single_word", !control && token.flag("single_word"));
            out.writeBooleanField("normalized", !control && token.flag("normalized"));
            out.writeBooleanField("lstrip", token.flag("lstrip"));
            out.writeBooleanField("rstrip", token.flag("rstrip"));
            out.writeBooleanField("special", token.special());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
