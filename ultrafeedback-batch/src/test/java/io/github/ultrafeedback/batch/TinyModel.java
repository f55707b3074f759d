package io.github.ultrafeedback.batch;

import java.nio.file.Path;

/** The model that ships with the repository. */
final class TinyModel {
    static final Path FOLDER = Path.of(System.getProperty("ultrafeedback.tiny"));

    private TinyModel() {}
}
