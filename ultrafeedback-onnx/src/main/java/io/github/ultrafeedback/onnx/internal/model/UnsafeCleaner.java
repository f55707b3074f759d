package io.github.ultrafeedback.onnx.internal.model;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Frees a buffer at once, on Java 17 to 21, whose API has no call for it: takes the one that Lucene and Netty take, by
 * name, since it lies in the supported module {@code jdk.unsupported}. Later versions warn of it, so it is not touched
 * there.
 */
final class UnsafeCleaner {
    private static final @Nullable MethodHandle INVOKE_CLEANER = ArenaMemory.AVAILABLE ? null : find();
    static final boolean AVAILABLE = INVOKE_CLEANER != null;

    private UnsafeCleaner() {}

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
