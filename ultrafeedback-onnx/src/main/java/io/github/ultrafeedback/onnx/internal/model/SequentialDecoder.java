package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.PromptTooLongException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A {@link Decoder} over either kind of cache. The lock is held for a whole call, so closing awaits a running one. */
final class SequentialDecoder implements Decoder, OpenDecoder {
    private static final int NO_SEQUENCE = -1;

    private final OnnxModel model;
    private final DecoderCache cache;
    private final StepTensors tensors;
    private final RunOptions options;
    private final int contextLength;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> pinned = new HashMap<>();
    private final float[] promptLogits;
    private final int[] oneToken = new int[1];
    private final ReentrantLock lock = new ReentrantLock();

    private volatile Cancellation cancellation = new Cancellation();
    private volatile int length;
    private int promptLength = NO_SEQUENCE;
    private FloatBuffer logits = FloatBuffer.allocate(0);
    private boolean closed;

    /** Takes cache and tensors over; where this fails they are the caller's to close. */
    SequentialDecoder(OnnxModel model, DecoderCache cache, StepTensors tensors, int contextLength) throws OrtException {
        this.model = model;
        this.cache = cache;
        this.tensors = tensors;
        this.contextLength = contextLength;
        promptLogits = new float[vocabSize()];
        options = quietOptions(); // last: nothing can fail once these are made
    }

    /** Failures come as exceptions; without this the runtime prints them to stderr too. */
    static RunOptions quietOptions() throws OrtException {
        RunOptions options = new RunOptions();
        try {
            options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return options;
        } catch (OrtException | RuntimeException | Error e) {
            options.close();
            throw e;
        }
    }

    @Override
    public FloatBuffer prefill(int[] ids, Cancellation cancellation) {
        requireFits(ids);
        lock.lock();
        try {
            requireOpen();
            this.cancellation = cancellation;
            promptLength = NO_SEQUENCE;
            length = 0;
            cache.clear();
            while (length < ids.length) {
                run(ids, length, PrefillPlan.next(ids.length - length));
            }
            cache.markPrompt();
            promptLength = length;
            logits.get(0, promptLogits);
            return logits;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public FloatBuffer decode(int id) {
        TokenIds.requireKnown(id, length, vocabSize());
        lock.lock();
        try {
            requireSequence();
            oneToken[0] = id;
            run(oneToken, 0, 1);
            return logits;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public FloatBuffer rewind() {
        lock.lock();
        try {
            requireSequence();
            cache.rewind();
            length = promptLength;
            return logits.put(0, promptLogits);
        } finally {
            lock.unlock();
        }
    }

    /** One run over ids from the given index on. A run that fails leaves the length as it was. */
    private void run(int[] ids, int from, int count) {
        Step step = new Step(length, count, contextLength);
        Cancellation current = cancellation;
        current.begin(options);
        try {
            cache.bind(inputs, pinned);
            tensors.feed(step, ids, from, inputs, pinned);
            OrtSession.Result result = model.run(inputs, cache.requested(), pinned, options);
            cache.accept(result);
        } catch (OrtException e) {
            if (current.isCancelled()) {
                throw current.exception();
            }
            throw new GenerationException(
                    "ONNX Runtime failed on " + count + " tokens after " + step.past() + ": " + e.getMessage(),
                    e,
                    false,
                    Certainty.MAYBE_DONE);
        } finally {
            current.end(options);
            tensors.release();
        }
        length = step.total();
        logits = tensors.lastRow(count);
    }

    private void requireFits(int[] ids) {
        if (ids.length == 0) {
            throw new InvalidRequestException("The prompt has no tokens; at least 1 is needed.");
        }
        if (ids.length > contextLength) {
            throw new PromptTooLongException(
                    "The prompt has " + ids.length + " tokens, the context " + contextLength + ". Shorten it.",
                    ids.length,
                    contextLength,
                    Certainty.NOT_SENT);
        }
        for (int i = 0; i < ids.length; i++) {
            TokenIds.requireKnown(ids[i], i, vocabSize());
        }
    }

    private void requireSequence() {
        requireOpen();
        if (promptLength == NO_SEQUENCE) {
            throw new IllegalStateException("There is no sequence: call prefill first, and again after it failed.");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The decoder is closed.");
        }
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int vocabSize() {
        return model.signature().vocabSize();
    }

    @Override
    public int contextLength() {
        return contextLength;
    }

    @Override
    public void cancel() {
        cancellation.cancel();
    }

    @Override
    public void close() {
        cancel();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try (options;
                    tensors;
                    cache) {
                model.forget(this);
            }
        } finally {
            lock.unlock();
        }
    }
}
