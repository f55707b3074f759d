package io.github.ultrafeedback.openai;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile boolean begun;

    BodyReading(ResponseReader<T> reader) {
        this.reader = reader;
    }

    void head(HttpResponse.ResponseInfo head) {
        reader.head(head.statusCode(), head.headers());
        begun = true;
    }

    /**
     * The exchange failed. The client may tell so before it tells the body, or without it; what was read until then
     * counts all the same: a status of 429 is one though the connection broke behind it.
     */
    void broken(Throwable failure) {
        if (begun) {
            inTurn(() -> end(failure));
        } else {
            result.completeExceptionally(failure);
        }
    }

    /** One at a time without a lock: the reader calls a listener of the user's, which may take its time. */
    private void inTurn(Runnable event) {
        events.add(event);
        if (pending.getAndIncrement() != 0) {
            return; // whoever is at work does it
        }
        do {
            events.remove().run();
        } while (pending.decrementAndGet() != 0);
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
        inTurn(() -> read(buffers));
    }

    private void read(List<ByteBuffer> buffers) {
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
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
            abort();
        }
    }

    @Override
    public void onError(Throwable failure) {
        inTurn(() -> end(failure));
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(null); // first, so that the connection is free when the result is there
        inTurn(() -> end(null));
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
        } catch (RuntimeException | Error e) {
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
