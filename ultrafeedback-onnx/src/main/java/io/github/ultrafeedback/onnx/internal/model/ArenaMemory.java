package io.github.ultrafeedback.onnx.internal.model;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import org.jspecify.annotations.Nullable;

/**
 * {@code java.lang.foreign.Arena} by reflection, since this library is compiled for Java 17 and the API is final since
 * 22. Arenas are shared: any thread may close them. Not in any hot loop.
 */
final class ArenaMemory {
    static final boolean AVAILABLE = Runtime.version().feature() >= 22;

    private static final long PAGE = 4096;

    private ArenaMemory() {}

    static Object open() {
        return call(null, type("Arena"), "ofShared");
    }

    static ByteBuffer allocate(Object arena, long bytes) {
        Class<?>[] types = {long.class, long.class};
        return buffer(call(arena, type("SegmentAllocator"), "allocate", types, bytes, PAGE));
    }

    static ByteBuffer map(Object arena, FileChannel channel, long offset, long bytes) throws IOException {
        Class<?>[] types = {MapMode.class, long.class, long.class, type("Arena")};
        try {
            return buffer(call(channel, FileChannel.class, "map", types, MapMode.PRIVATE, offset, bytes, arena));
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e;
        }
    }

    static void close(Object arena) {
        Object scope = call(arena, type("Arena"), "scope");
        if (Boolean.TRUE.equals(call(scope, type("MemorySegment$Scope"), "isAlive"))) {
            call(arena, type("Arena"), "close");
        }
    }

    private static ByteBuffer buffer(Object segment) {
        return (ByteBuffer) call(segment, type("MemorySegment"), "asByteBuffer");
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("java.lang.foreign." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Java 22 has java.lang.foreign." + name, e);
        }
    }

    private static Object call(@Nullable Object target, Class<?> owner, String name) {
        return call(target, owner, name, new Class<?>[0]);
    }

    private static Object call(
            @Nullable Object target, Class<?> owner, String name, Class<?>[] types, Object... arguments) {
        try {
            Method method = owner.getMethod(name, types);
            Object result = method.invoke(target, arguments);
            return result == null ? owner : result;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(owner.getSimpleName() + "." + name + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Java 22 has " + owner.getName() + "." + name, e);
        }
    }
}
