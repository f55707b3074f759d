package io.github.ultrafeedback.onnx.internal.sampling;

import java.lang.reflect.Constructor;
import java.util.Optional;

/** Picks how maxima are taken: with the Vector API where the JVM has it, else without. Both give the same bits. */
final class Kernels {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String VECTOR_CLASS = Kernels.class.getPackageName() + ".VectorColumnMaxima";
    private static final int TRIAL_VOCAB = 1000;

    private Kernels() {}

    static ColumnMaxima best() {
        Optional<Module> vector = ModuleLayer.boot().findModule(VECTOR_MODULE);
        if (vector.isEmpty()) {
            return new ScalarColumnMaxima();
        }
        Kernels.class.getModule().addReads(vector.get()); // our descriptor must not require what may be absent
        return loadOr(VECTOR_CLASS, new ScalarColumnMaxima());
    }

    /** Loads and tries a class; a later JDK whose incubating API has changed costs speed, never a failure. */
    static ColumnMaxima loadOr(String className, ColumnMaxima otherwise) {
        try {
            Constructor<?> constructor = Class.forName(className).getDeclaredConstructor();
            ColumnMaxima loaded = (ColumnMaxima) constructor.newInstance();
            loaded.reduce(new float[TRIAL_VOCAB], new float[ColumnMaxima.columns(TRIAL_VOCAB)]);
            return loaded;
        } catch (ReflectiveOperationException | LinkageError e) {
            return otherwise;
        }
    }
}
