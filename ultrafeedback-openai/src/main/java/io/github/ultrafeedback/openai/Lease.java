package io.github.ultrafeedback.openai;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** A place at a client for one exchange; whoever takes it ends it. Thread-safe. */
interface Lease {
    /** Throws an {@link ApiFailure} once the clients are closed. */
    HttpClient client();

    /** The request to hand to the client: its own words, and it may tell when the connection has taken it. */
    HttpRequest watched(HttpRequest request);

    /** Gives the place back; takes why the exchange failed, null if it did not. Counts once. */
    void ended(@Nullable Throwable failure);
}
