package io.github.ultrafeedback.openai;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;

/** Takes one response apart while it comes in. Used by one thread at a time; each method may throw an ApiFailure. */
interface ResponseReader<T> {
    /** The response begins. */
    void head(int status, HttpHeaders headers);

    /** Takes more of the body, all of it. */
    void accept(ByteBuffer bytes);

    /** Whether all that matters is there, so that what follows, and how it ends, no longer counts. */
    boolean done();

    /** The connection broke before the body was whole; {@link #end} says whether what came is enough. */
    default void broken() {}

    /** The body is whole, or {@link #done}. */
    T end();
}
