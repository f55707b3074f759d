package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.onnx.internal.model.GraphSignature.Attention;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.Feeds;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.LogitsRows;
import org.junit.jupiter.api.Test;

final class SlotRequestTest {
    @Test
    void tooLittleMemoryIsSaidWithTheNumbersAndTheWayOut() {
        GraphSignature smol = new GraphSignature(
                Attention.GROUP_QUERY,
                new KvLayout(30, 3, 64, KvType.FLOAT32),
                new Feeds(true, false, false),
                LogitsRows.SELECTED,
                false,
                49152);
        Throwable cause = new OutOfMemoryError("no");
        assertThat(new SlotRequest(32, 2048, 2048).tooLarge(smol, cause))
                .hasMessageContainingAll("32 slots of 2048 tokens", "2880 MiB", "46080 bytes", "6 MiB", "fewer slots")
                .hasCause(cause);
    }
}
