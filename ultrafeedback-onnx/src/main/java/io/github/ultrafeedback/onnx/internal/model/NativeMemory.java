package io.github.ultrafeedback.onnx.internal.model;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gives native memory of a buffer back now. The garbage collector would do so some day, but it sees a few dozen bytes
 * of heap and no reason to hurry while gigabytes wait behind them. The Java 17 API has no call for it, so this takes
 * the one that Lucene and Netty take, by name: it lies in the supported module {@code jdk.unsupported}. Without it the
 * collector stays in charge.
 */
final class NativeMemory {
    private static final @Nullable MethodHandle INVOKE_CLEANER = find();

    private NativeMemory() {}

    /**
     * Frees the memory. Whoever touches the buffer or a view of it afterwards crashes the process, so the caller must
     * be its only user.
     */
    static void free(ByteBuffer buffer) {
        if (INVOKE_CLEANER == null) {
            return;
        }
        try {
            INVOKE_CLEANER.invokeExact(buffer);
        } catch (Throwable e) {
            throw new IllegalStateException("Native memory of a buffer could not be freed", e);
        }
    }

    static boolean freesAtOnce() {
        return INVOKE_CLEANER != null;
    }

    private static @Nullable MethodHandle find() {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field instance = unsafe.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            return MethodHandles.lookup()
                    .findVirtual(unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                    .bindTo(instance.get(null));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
