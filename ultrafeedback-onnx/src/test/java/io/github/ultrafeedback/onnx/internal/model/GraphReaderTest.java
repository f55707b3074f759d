package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnxruntime.OnnxJavaType;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.onnx.internal.model.GraphReader.Port;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.Attention;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.LogitsRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GraphReaderTest {
    private static final Port CACHE = port(OnnxJavaType.FLOAT, -1, 3, -1, 64);

    private final Map<String, Port> inputs = new HashMap<>();
    private final Map<String, Port> outputs = new HashMap<>();
    private final Map<String, Integer> operators = new HashMap<>();

    @BeforeEach
    void aPlainGraphOfTwoLayers() {
        inputs.put("input_ids", port(OnnxJavaType.INT64, -1, -1));
        inputs.put("attention_mask", port(OnnxJavaType.INT64, -1, -1));
        for (int layer = 0; layer < 2; layer++) {
            for (String kind : List.of(".key", ".value")) {
                inputs.put("past_key_values." + layer + kind, CACHE);
                outputs.put("present." + layer + kind, CACHE);
            }
        }
        outputs.put("logits", port(OnnxJavaType.FLOAT, -1, -1, 100));
        operators.put("MatMul", 9);
    }

    @Test
    void aGraphWithoutGroupQueryAttentionGrowsItsCache() {
        GraphSignature signature = read();
        assertThat(signature.attention()).isEqualTo(Attention.PLAIN);
        assertThat(signature.kv()).isEqualTo(new KvLayout(2, 3, 64, KvType.FLOAT32));
        assertThat(signature.logitsRows()).isEqualTo(LogitsRows.ALL);
        assertThat(signature.vocabSize()).isEqualTo(100);
        assertThat(signature.halfLogits()).isFalse();
    }

    @Test
    void oneGroupQueryAttentionALayerSharesItAndFewerAreRefused() {
        operators.put("GroupQueryAttention", 2);
        assertThat(read().attention()).isEqualTo(Attention.GROUP_QUERY);
        operators.put("GroupQueryAttention", 1);
        refused().withMessageContaining("1 GroupQueryAttention").withMessageContaining("2 layers");
    }

    @Test
    void logitsMayBeOfTheLastRowAloneAndOfHalfWidth() {
        outputs.put("logits", port(OnnxJavaType.FLOAT16, -1, 1, 100));
        assertThat(read().logitsRows()).isEqualTo(LogitsRows.LAST);
        assertThat(read().halfLogits()).isTrue();
        outputs.put("logits", port(OnnxJavaType.FLOAT, -1, 100));
        refused().withMessageContaining("3 dimensions");
        inputs.put("logits_idx", port(OnnxJavaType.INT64, -1));
        assertThat(read().logitsRows()).isEqualTo(LogitsRows.SELECTED);
        outputs.put("logits", port(OnnxJavaType.FLOAT, -1, -1));
        refused().withMessageContaining("width");
        outputs.remove("logits");
        refused().withMessageContaining("output logits");
    }

    @Test
    void inputsThatNobodyFeedsAreListedAll() {
        inputs.put("use_cache_branch", port(OnnxJavaType.BOOL, 1));
        inputs.put("token_type_ids", port(OnnxJavaType.INT64, -1, -1));
        inputs.put("position_ids", port(OnnxJavaType.INT32, -1, -1));
        refused()
                .withMessageContaining("use_cache_branch BOOL [1]")
                .withMessageContaining("token_type_ids INT64")
                .withMessageContaining("position_ids INT32");
    }

    @Test
    void cachesOfOtherTypesShapesOrLayersAreRefused() {
        inputs.put("past_key_values.1.value", port(OnnxJavaType.FLOAT, -1, 3, -1, 32));
        refused().withMessageContaining("past_key_values.1.value is FLOAT [-1, 3, -1, 32]");
        inputs.put("past_key_values.1.value", CACHE);
        outputs.remove("present.0.value");
        refused().withMessageContaining("present.0.value is absent");
        inputs.put("past_key_values.0.key", port(OnnxJavaType.UINT8, -1, 3, -1, 32));
        refused().withMessageContaining("UINT8");
        inputs.put("past_key_values.0.key", port(OnnxJavaType.FLOAT, -1, 3, 128, 64));
        refused().withMessageContaining("any length");
        inputs.remove("past_key_values.0.key");
        refused().withMessageContaining("keeps no cache");
    }

    @Test
    void otherKindsOfModelAreNamed() {
        operators.put("PagedAttention", 2);
        refused().withMessageContaining("PagedAttention");
        inputs.put("encoder_hidden_states", CACHE);
        refused().withMessageContaining("encoder-decoder");
        inputs.remove("encoder_hidden_states");
        operators.remove("PagedAttention");
        inputs.remove("input_ids");
        refused().withMessageContaining("no input input_ids");
    }

    @Test
    void lengthsComeInPairs() {
        inputs.put("seqlens_k", port(OnnxJavaType.INT32, -1));
        refused().withMessageContaining("total_sequence_length");
    }

    private GraphSignature read() {
        return new GraphReader(inputs, outputs, new OnnxFile(operators, Set.of())).read();
    }

    private ThrowableAssertAlternative<ModelLoadException> refused() {
        return assertThatExceptionOfType(ModelLoadException.class).isThrownBy(this::read);
    }

    private static Port port(OnnxJavaType type, long... shape) {
        return new Port(type, java.util.Arrays.stream(shape).boxed().toList());
    }
}
