package io.github.ultrafeedback.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request that a {@link ScriptedServer} has read whole.
 *
 * @param index 0 for the first that the server has read
 * @param connection which connection it came over, 0 for the first
 * @param method for example {@code POST}
 * @param target path and query, as sent
 * @param headers values by name, names in lower case
 * @param body the bytes of the body, chunks joined; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a test compares texts, not requests
public record ServerRequest(
        int index, int connection, String method, String target, Map<String, List<String>> headers, byte[] body) {

    /**
     * The body as text.
     *
     * @return the body, read as UTF-8
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The path alone.
     *
     * @return the target up to its question mark
     */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /**
     * The first value of a header.
     *
     * @param name its name, in any case
     * @return the value, or null where it was not sent
     */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : values.get(0);
    }

    /** Names the request without headers and body, which may hold a key and a prompt. */
    @Override
    public String toString() {
        return "ServerRequest[" + index + ", connection " + connection + ", " + method + " " + path() + ", "
                + body.length + " bytes]";
    }
}
