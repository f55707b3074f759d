package io.github.ultrafeedback.openai;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** Tells when the client asks for the body, which it does once a connection has taken the request. */
record WatchedBody(HttpRequest.BodyPublisher body, Runnable asked) implements HttpRequest.BodyPublisher {
    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        asked.run();
        body.subscribe(subscriber);
    }
}
