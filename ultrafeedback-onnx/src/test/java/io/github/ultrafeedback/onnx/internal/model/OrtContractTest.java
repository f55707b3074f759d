package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.ultrafeedback.onnx.device.Device;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What ONNX Runtime itself does in the cases that our code keeps away from. A new version that fails here needs another
 * look at {@link Step}, {@link SequentialDecoder}, {@link Cancellation} and {@link StepTensors}.
 */
final class OrtContractTest {
    private static final int CAPACITY = 16;
    private static final KvLayout KV = new KvLayout(6, 2, 32, KvType.FLOAT32);

    private static OrtEnvironment environment;
    private static OrtSession session;

    @BeforeAll
    static void open() throws OrtException {
        environment = OnnxEnvironment.get(Device.CPU);
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        options.setIntraOpNumThreads(1);
        session = environment.createSession(
                TinyModel.folder().resolve(TinyModel.GQA).toString(), options);
    }

    @AfterAll
    static void close() throws OrtException {
        session.close();
    }

    @Test
    void aTotalThatEqualsTheCountIsTakenForAFirstPromptAndOverwritesPosition0() throws OrtException {
        try (SharedCache cache = new SharedCache(environment, KV, CAPACITY)) {
            run(cache, new long[] {5, 6, 7}, 2, 3);
            float[] right = run(cache, new long[] {8}, 3, 4);
            float[] still = run(cache, new long[] {8}, 3, CAPACITY);
            assertThat(still).as("any larger total").containsExactly(right);
            float[] wrong = run(cache, new long[] {8}, 3, 1);
            assertThat(TinyModel.distance(wrong, right)).isGreaterThan(1e-2f);
            assertThat(TinyModel.distance(run(cache, new long[] {8}, 3, 4), right))
                    .as("position 0 is lost")
                    .isGreaterThan(1e-3f);
        }
    }

    @Test
    void anIdOfMinusOneIsTakenForTheLastId() throws OrtException {
        try (SharedCache cache = new SharedCache(environment, KV, CAPACITY)) {
            assertThat(run(cache, new long[] {5, -1}, 1, 2)).containsExactly(run(cache, new long[] {5, 4095}, 1, 2));
        }
    }

    @Test
    void lengthsOutOfRangeAreErrorsThatLeaveTheCacheUsable() throws OrtException {
        try (SharedCache cache = new SharedCache(environment, KV, CAPACITY)) {
            run(cache, new long[] {5, 6, 7}, 2, 3);
            float[] right = run(cache, new long[] {8}, 3, 4);
            assertThatExceptionOfType(OrtException.class).isThrownBy(() -> run(cache, new long[] {8}, CAPACITY, 5));
            assertThatExceptionOfType(OrtException.class).isThrownBy(() -> run(cache, new long[] {8}, -1, 4));
            assertThatExceptionOfType(OrtException.class).isThrownBy(() -> run(cache, new long[] {8}, 3, CAPACITY + 1));
            assertThatExceptionOfType(OrtException.class).isThrownBy(() -> run(cache, new long[] {5, 4096}, 1, 2));
            assertThat(run(cache, new long[] {8}, 3, 4)).containsExactly(right);
        }
    }

    @Test
    void theTerminateFlagSticks() throws OrtException {
        try (SharedCache cache = new SharedCache(environment, KV, CAPACITY);
                OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setTerminate(true);
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(OrtException.class)
                        .isThrownBy(() -> run(cache, new long[] {5, 6}, 1, 2, options))
                        .withMessageContaining("terminate");
            }
            options.setTerminate(false);
            assertThat(run(cache, new long[] {5, 6}, 1, 2, options)).hasSize(4096);
        }
    }

    @Test
    void aTensorOfTheRuntimesOwnHasNoBufferButThrows() throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        Map<String, OnnxTensor> pinned = new HashMap<>();
        try (SharedCache cache = new SharedCache(environment, KV, CAPACITY)) {
            cache.bind(inputs, pinned);
            feed(inputs, new long[] {5, 6}, 1, 2);
            try (OrtSession.Result result = session.run(inputs, Set.of(StepTensors.LOGITS), pinned)) {
                OnnxTensor logits = (OnnxTensor) result.get(StepTensors.LOGITS).orElseThrow();
                assertThatNullPointerException().isThrownBy(logits::getBufferRef);
            }
        }
    }

    @Test
    void closingAResultLeavesPinnedTensorsOpen() throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        Map<String, OnnxTensor> pinned = new HashMap<>();
        try (SharedCache cache = new SharedCache(environment, KV, CAPACITY)) {
            cache.bind(inputs, pinned);
            feed(inputs, new long[] {5, 6}, 1, 2);
            FloatBuffer memory = floats(4096);
            pinned.put(StepTensors.LOGITS, OnnxTensor.createTensor(environment, memory, new long[] {1, 4096}));
            session.run(inputs, Set.of(), pinned).close();
            assertThat(pinned.values()).noneMatch(OnnxTensor::isClosed);
            pinned.get(StepTensors.LOGITS).close();
        }
    }

    private static float[] run(SharedCache cache, long[] ids, int seqlensK, int total) throws OrtException {
        try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return run(cache, ids, seqlensK, total, options);
        }
    }

    private static float[] run(SharedCache cache, long[] ids, int seqlensK, int total, OrtSession.RunOptions options)
            throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        Map<String, OnnxTensor> pinned = new HashMap<>();
        cache.bind(inputs, pinned);
        feed(inputs, ids, seqlensK, total);
        FloatBuffer memory = floats(4096);
        try (OnnxTensor logits = OnnxTensor.createTensor(environment, memory, new long[] {1, 4096})) {
            pinned.put(StepTensors.LOGITS, logits);
            session.run(inputs, Set.of(), pinned, options).close();
        }
        return TinyModel.copy(memory);
    }

    private static void feed(Map<String, OnnxTensor> inputs, long[] ids, int seqlensK, int total) throws OrtException {
        long[] last = {ids.length - 1};
        inputs.put(StepTensors.INPUT_IDS, OnnxTensor.createTensor(environment, new long[][] {ids}));
        inputs.put(StepTensors.LOGITS_IDX, OnnxTensor.createTensor(environment, LongBuffer.wrap(last), new long[] {1}));
        inputs.put(StepTensors.SEQLENS_K, number(seqlensK));
        inputs.put(StepTensors.TOTAL_SEQUENCE_LENGTH, number(total));
    }

    private static OnnxTensor number(int value) throws OrtException {
        return OnnxTensor.createTensor(environment, IntBuffer.wrap(new int[] {value}), new long[] {1});
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
