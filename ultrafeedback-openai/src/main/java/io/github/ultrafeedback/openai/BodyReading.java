package io.github.ultrafeedback.openai;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Feeds the body of one response to its reader as it comes in. */
final class BodyReading<T> implements HttpResponse.BodySubscriber<T> {
    private final ResponseReader<T> reader;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;

    BodyReading(ResponseReader<T> reader) {
        this.reader = reader;
    }

    void head(HttpResponse.ResponseInfo head) {
        reader.head(head.statusCode(), head.headers());
    }

    CompletableFuture<T> result() {
        return result;
    }

    @Override
    public CompletionStage<T> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (result.isDone()) { // aborted between head and body
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
            fail(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (result.isDone()) {
            return;
        }
        try {
            result.complete(reader.end()); // all that counts may have come before the connection broke
        } catch (ApiFailure e) {
            fail(e.kind() == ApiFailure.Kind.BAD_ANSWER ? failure : e);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    @Override
    public void onComplete() {
        if (result.isDone()) {
            return;
        }
        try {
            result.complete(reader.end());
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(Throwable failure) {
        result.completeExceptionally(failure);
        abort();
    }

    /** Reads no further and closes the connection, or the stream. */
    void abort() {
        boolean unused = result.cancel(false);
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }
}
