package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.openai.ApiFailure.Kind;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What a failed exchange means: above all, whether the request can have reached the server. */
final class TransportFailures {
    private TransportFailures() {}

    static ApiFailure of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ApiFailure known) {
            return known;
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return local(Kind.TRANSPORT, "No connection was made within connectTimeout", Certainty.NOT_SENT, cause);
        }
        if (cause instanceof ConnectException) {
            return local(Kind.TRANSPORT, "No connection to the server", Certainty.NOT_SENT, cause);
        }
        if (cause instanceof SSLHandshakeException) {
            return local(Kind.TRANSPORT, "The TLS handshake failed", Certainty.NOT_SENT, cause);
        }
        if (turnedAway(cause)) {
            return local(Kind.TRANSPORT, "The connection took no more requests", Certainty.NOT_SENT, null);
        }
        if (cause instanceof HttpTimeoutException) {
            return local(Kind.TIMEOUT, "No answer came in time", Certainty.MAYBE_DONE, null);
        }
        if (cause instanceof SocketException) {
            return local(Kind.TRANSPORT, "The connection broke", Certainty.MAYBE_DONE, cause);
        }
        // No cause: messages of the HTTP client may quote what the server sent.
        return local(
                Kind.TRANSPORT, "The connection failed with " + cause.getClass().getName(), Certainty.MAYBE_DONE, null);
    }

    /**
     * HTTP/2: the client had no stream for the request, or the server said that it did not look at it. A bare GOAWAY is
     * not among these: JDK 17 then fails all requests of the connection, also those that the server is at work on.
     */
    static boolean turnedAway(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause.getClass().getSimpleName().equals("StreamLimitException")) {
            return true;
        }
        String message = cause.getMessage();
        return message != null
                && (message.contains("too many concurrent streams")
                        || message.contains("not processed by peer") // JDK 24 and later, after retries of its own
                        || message.contains("Stream not processed")); // REFUSED_STREAM
    }

    private static ApiFailure local(Kind kind, String what, Certainty certainty, @Nullable Throwable cause) {
        return ApiFailure.local(kind, what, certainty, cause);
    }
}
