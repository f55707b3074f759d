package io.github.ultrafeedback.openai;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener of the traffic. What it throws, errors too, is dropped with a line in the log: the first is a
 * warning and the others are for debugging. The log gets the type alone, since a message may hold anything.
 */
final class TrafficNews {
    private static final Logger LOG = LoggerFactory.getLogger(TrafficNews.class);

    private final Consumer<OpenAiLoad> listener;
    private final AtomicBoolean warned = new AtomicBoolean();

    TrafficNews(Consumer<OpenAiLoad> listener) {
        this.listener = listener;
    }

    /** The name is no secret, and the sentence is ours. */
    void gaveUp(String endpoint, ApiFailure failure) {
        LOG.warn(
                "The endpoint '{}' is asked no more, and its requests go to the others: {}. (status {})",
                endpoint,
                failure.what(),
                failure.facts().status());
    }

    void tell(OpenAiLoad load) {
        try {
            listener.accept(load);
        } catch (Throwable e) { // whoever tells has requests to send
            String text = "The traffic listener threw {}; this load is lost to it.";
            if (warned.compareAndSet(false, true)) {
                LOG.warn(text, e.getClass().getName());
            } else {
                LOG.debug(text, e.getClass().getName());
            }
        }
    }
}
