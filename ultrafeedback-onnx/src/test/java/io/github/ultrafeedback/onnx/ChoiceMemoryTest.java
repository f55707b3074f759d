package io.github.ultrafeedback.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.FinishReason;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stands here and not in the core, whose tests run in a module that does not see the JVM's counters. */
final class ChoiceMemoryTest {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static Choice choice(int... ids) {
        return new Choice(0, "text", ids, List.of(), FinishReason.STOP, null);
    }

    @Test
    void anIdTakesFourBytes() {
        int[] ids = IntStream.range(0, 1_000_000).toArray();
        choice(ids); // what is made on first use
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        Choice choice = choice(ids);
        long bytes = THREADS.getThreadAllocatedBytes(thread) - before;
        assertThat(choice.tokenIds()).hasSize(ids.length);
        assertThat(bytes).isLessThan(5L * ids.length);
    }
}
