package io.github.ultrafeedback.chat;

import java.util.Locale;

/** Who speaks in a {@link Message}. */
public enum Role {
    /** Standing orders for the assistant; UltraFeedback puts its principle here. */
    SYSTEM,
    /** The person who asks. */
    USER,
    /** The model. */
    ASSISTANT;

    /**
     * The name that chat APIs and chat templates use.
     *
     * @return {@code system}, {@code user} or {@code assistant}
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
