package io.github.ultrafeedback.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.onnx.internal.model.KvLayout;
import io.github.ultrafeedback.onnx.internal.model.KvType;
import org.junit.jupiter.api.Test;

final class CacheSizeTest {
    /** As SmolLM2-135M: 46,080 bytes a token. */
    private static final KvLayout KV = new KvLayout(30, 3, 64, KvType.FLOAT32);

    private static CacheSize of(BatchSettings.Builder settings) {
        return CacheSize.of(settings.build(), KV, 8192, 46_080L * 4 * 100_000);
    }

    @Test
    void aQuarterOfTheMemoryAndThirtyTwoSlotsAreTheDefault() {
        assertThat(of(BatchSettings.builder())).isEqualTo(new CacheSize(32, 8192, 100_000, "the default"));
    }

    @Test
    void littleMemoryMakesFewAndShortSlots() {
        CacheSize size = of(BatchSettings.builder().cacheBytes(46_080L * 1000));
        assertThat(size.slots()).isEqualTo(3);
        assertThat(size.capacity()).isEqualTo(1000);
        assertThat(size.budget()).isEqualTo(1000);
    }

    @Test
    void whatIsAskedForHolds() {
        CacheSize size = of(BatchSettings.builder().slots(5).maxLength(700));
        assertThat(size.slots()).isEqualTo(5);
        assertThat(size.capacity()).isEqualTo(700);
    }

    @Test
    void whatCannotBeHeldIsRefusedWithTheNumbers() {
        assertThatThrownBy(() -> of(BatchSettings.builder().maxLength(2000).cacheBytes(46_080L * 1000)))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("1000 tokens")
                .hasMessageContaining("2000")
                .hasMessageContaining("cacheBytes");
        assertThatThrownBy(() -> of(BatchSettings.builder().cacheBytes(46_080))).isInstanceOf(ModelLoadException.class);
        assertThatThrownBy(() -> of(BatchSettings.builder().maxLength(8193)))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("8192");
    }

    @Test
    void aTensorHasTwoGibibytesAtMost() {
        // As Llama-2-7B: 16 KiB a token in each tensor.
        KvLayout large = new KvLayout(32, 32, 128, KvType.FLOAT32);
        long memory = 4L << 40;
        CacheSize size = CacheSize.of(BatchSettings.defaults(), large, 100_000, memory);
        assertThat(size.capacity()).isEqualTo(4095);
        assertThat(size.slots()).isEqualTo(32);
        assertThatThrownBy(() ->
                        CacheSize.of(BatchSettings.builder().maxLength(5000).build(), large, 100_000, memory))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("4095")
                .hasMessageContaining("slots");
    }

    @Test
    void settingsOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> BatchSettings.builder().slots(-1).build())
                .hasMessageContaining("slots must be in [0, 1024], got -1");
        assertThatThrownBy(() -> BatchSettings.builder().chunk(2).build()).hasMessageContaining("chunk");
        assertThatThrownBy(() -> BatchSettings.builder().prefillTokens(2).build())
                .hasMessageContaining("prefillTokens");
        assertThatThrownBy(() -> BatchSettings.builder().cacheBytes(-1).build()).hasMessageContaining("cacheBytes");
        assertThatThrownBy(() -> BatchSettings.builder().maxLength(-1).build()).hasMessageContaining("maxLength");
        assertThatThrownBy(() -> BatchSettings.builder().maxLength(1).build())
                .hasMessageContaining("maxLength must be in [2, ");
    }
}
