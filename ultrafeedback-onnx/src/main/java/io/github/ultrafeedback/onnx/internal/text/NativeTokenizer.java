package io.github.ultrafeedback.onnx.internal.text;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.ultrafeedback.error.ModelLoadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * DJL's tokenizer without its traps: nothing is cut or padded, no null crosses into native code, and no call runs on
 * freed memory (closing under a running call crashes the JVM, so calls share a read lock and closing takes the write
 * lock). Safe for concurrent use.
 */
final class NativeTokenizer implements AutoCloseable {
    /** By default DJL cuts every text at 512 tokens. */
    private static final Map<String, String> OPTIONS =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    private final HuggingFaceTokenizer tokenizer;
    private final Lock use;
    private final Lock exclusive;
    /** Written under the write lock, read under the read lock. */
    private boolean closed;

    private NativeTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        ReadWriteLock lock = new ReentrantReadWriteLock();
        use = lock.readLock();
        exclusive = lock.writeLock();
    }

    /** Builds a tokenizer from JSON; {@code source} names it in errors. */
    static NativeTokenizer open(byte[] json, String source) {
        NativePlatform.stayOffline();
        String problem = NativePlatform.problem(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        if (problem != null) {
            throw new ModelLoadException(problem);
        }
        try {
            return new NativeTokenizer(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS));
        } catch (LinkageError | EngineException e) {
            throw new ModelLoadException(NativePlatform.loadFailure(), e);
        } catch (RuntimeException | IOException e) {
            throw new ModelLoadException(
                    source + " is no tokenizer that the Hugging Face library can build: " + e.getMessage(), e);
        }
    }

    /** The ids of a text, with nothing added. */
    int[] encode(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        long[] ids;
        use.lock();
        try {
            checkOpen();
            ids = tokenizer.encode(text, false, false).getIds();
        } finally {
            use.unlock();
        }
        int[] result = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            result[i] = (int) ids[i];
        }
        return result;
    }

    /** The text of {@code ids[from..to)}; ids that no token has give no text. */
    String decode(int[] ids, int from, int to, boolean skipSpecialTokens) {
        long[] wide = new long[to - from];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = ids[from + i];
        }
        use.lock();
        try {
            checkOpen();
            return wide.length == 0 ? "" : tokenizer.decode(wide, skipSpecialTokens);
        } finally {
            use.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the tokenizer is closed; open the model again");
        }
    }

    /** Waits for running calls, then frees the native memory. */
    @Override
    public void close() {
        exclusive.lock();
        try {
            if (!closed) {
                closed = true;
                tokenizer.close();
            }
        } finally {
            exclusive.unlock();
        }
    }
}
