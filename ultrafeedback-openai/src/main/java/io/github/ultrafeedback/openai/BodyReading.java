package io.github.ultrafeedback.openai;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the body of one response to its reader as it comes in. To the HTTP client a body that was read to its end is
 * fine whatever it says, so that an error response does not cost the connection. Thread-safe.
 */
final class BodyReading<T> implements HttpResponse.BodySubscriber<Void> {
    private final ResponseReader<T> reader;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> body = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;

    BodyReading(ResponseReader<T> reader) {
        this.reader = reader;
    }

    void head(HttpResponse.ResponseInfo head) {
        reader.head(head.statusCode(), head.headers());
    }

    /** What the reader makes of the response, or why nothing. */
    CompletableFuture<T> result() {
        return result;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (body.isDone()) { // aborted between head and body
            newSubscription.cancel();
        } else {
            newSubscription.request(Long.MAX_VALUE); // what comes is used at once
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (result.isDone()) {
            return;
        }
        try {
            for (ByteBuffer buffer : buffers) {
                reader.accept(buffer);
            }
            if (reader.done()) {
                result.complete(reader.end());
            }
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
            abort();
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(failure);
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(null); // first, so that the connection is free when the result is there
        end(null);
    }

    private void end(@Nullable Throwable failure) {
        if (result.isDone()) {
            return;
        }
        try {
            if (failure != null) {
                reader.broken();
            }
            result.complete(reader.end()); // all that counts may have come before the connection broke
        } catch (ApiFailure e) {
            boolean cut = failure != null && e.kind() == ApiFailure.Kind.BAD_ANSWER;
            result.completeExceptionally(cut ? failure : e);
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    /** Whether the body has ended, one way or another, so that there is nothing left to abort. */
    boolean ended() {
        return body.isDone();
    }

    /** Reads no further and closes the connection, or the stream; does nothing once the body has ended. */
    void abort() {
        if (body.cancel(false)) {
            Flow.Subscription current = subscription;
            if (current != null) {
                current.cancel();
            }
        }
    }
}
