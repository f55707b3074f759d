package io.github.ultrafeedback.dataset;

/** How records are written. */
public enum OutputFormat {
    /** A record a line, in UTF-8, to {@code records.jsonl}; as the data set is published. The default. */
    JSONL,
    /** One array to {@code records.json}, with the bytes that the original's scripts write. */
    ORIGINAL_ARRAY
}
