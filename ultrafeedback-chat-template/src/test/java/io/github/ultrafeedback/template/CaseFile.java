package io.github.ultrafeedback.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One case: a template, a context, and what jinja2 made of them. {@code expected} is null where jinja2 raises. */
record CaseFile(
        String name,
        String source,
        Map<String, Object> context,
        @Nullable String expected,
        String error) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static CaseFile of(JsonNode node, String source, String expectedField) {
        JsonNode expected = node.path(expectedField);
        return new CaseFile(
                node.path("name").asText(),
                source,
                JSON.convertValue(node.path("context"), Map.class),
                expected.isTextual() ? expected.asText() : null,
                node.path("error").asText());
    }

    /** Empty if our outcome equals jinja2's, else what differs. */
    String difference(Instant now) {
        String output;
        try {
            ChatTemplate template = ChatTemplate.parse(source, name).withClock(Clock.fixed(now, ZoneOffset.UTC));
            output = template.render(context);
        } catch (TemplateException e) {
            return expected == null ? "" : name + ": raised " + e.getMessage() + ", expected " + expected;
        }
        if (expected == null) {
            return name + ": rendered " + output + ", but jinja2 raises " + error;
        }
        return output.equals(expected) ? "" : name + ": rendered " + output + ", expected " + expected;
    }
}
