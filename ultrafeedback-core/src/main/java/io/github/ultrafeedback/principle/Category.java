package io.github.ultrafeedback.principle;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** What a principle asks for. */
public enum Category {
    /** To be useful, engaging and informative. */
    HELPFULNESS,
    /** To invent nothing. */
    TRUTHFULNESS,
    /** To say what one does not know. */
    HONESTY,
    /** To end with a confidence in percent. */
    VERBALIZED_CALIBRATION,
    /** To do no harm. Neither preset draws it, though the published data hold some. */
    HARMLESSNESS;

    /**
     * The name that records hold in their field {@code principle}.
     *
     * @return for example {@code verbalized_calibration}
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The category of a name that a record holds.
     *
     * @param wireName for example {@code verbalized_calibration}
     * @return the category
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Category ofWireName(String wireName) {
        Objects.requireNonNull(wireName, "wireName must not be null");
        return Arrays.stream(values())
                .filter(category -> category.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("wireName must be one of "
                        + Arrays.stream(values()).map(Category::wireName).toList() + ", got '" + wireName + "'"));
    }
}
