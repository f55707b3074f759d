package io.github.ultrafeedback.onnx;

import java.nio.file.Path;

/** The model that ships with the repository. */
public final class TinyModel {
    public static final Path FOLDER = Path.of(System.getProperty("ultrafeedback.tiny"));

    private TinyModel() {}
}
