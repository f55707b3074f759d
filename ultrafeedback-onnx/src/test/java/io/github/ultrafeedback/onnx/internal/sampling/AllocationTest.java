package io.github.ultrafeedback.onnx.internal.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.SamplingParams;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int VOCAB = 49_152;
    /** Below a byte a token: nothing that comes with each token, whatever the JVM itself allocates once. */
    private static final int DRAWS = 1000;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aTokenWithoutTheVectorApiAllocatesNothing() {
        assertThat(allocated(SamplingParams.defaults(), SamplingWorkspace.scalar(VOCAB), DRAWS))
                .isLessThan(DRAWS);
    }

    @Test
    void aTokenWithProcessorsAllocatesNothing() {
        SamplingParams params = SamplingParams.builder()
                .temperature(0.8)
                .minP(0.001)
                .topK(500)
                .topP(0.9)
                .build();
        assertThat(allocated(params, SamplingWorkspace.scalar(VOCAB), DRAWS)).isLessThan(DRAWS);
    }

    /** The Vector API's objects vanish only once its code is compiled: that takes some thousand calls. */
    @Test
    void aTokenWithTheVectorApiAllocatesNothingOnceCompiled() {
        SamplingWorkspace workspace = SamplingWorkspace.create(VOCAB);
        allocated(SamplingParams.defaults(), workspace, 4000);
        assertThat(allocated(SamplingParams.defaults(), workspace, DRAWS)).isLessThan(DRAWS);
    }

    private static long allocated(SamplingParams params, SamplingWorkspace workspace, int draws) {
        FloatBuffer logits = Logits.direct(Logits.noise(VOCAB, 3, 1));
        TokenSampler sampler = TokenSampler.create(params, 1, 0, new int[0], new int[0]);
        for (int i = 0; i < 100; i++) { // what is made on first use
            sampler.next(logits, workspace);
        }
        long thread = Thread.currentThread().getId();
        THREADS.getThreadAllocatedBytes(thread);
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int i = 0; i < draws; i++) {
            sampler.next(logits, workspace);
        }
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }
}
