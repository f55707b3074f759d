package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.Attention;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.Feeds;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.LogitsRows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a graph's signature from its inputs, its outputs and its operators, or says what in it nobody can feed.
 *
 * <p>Whether the cache is written in place is a matter of the operator, and neither a name nor a shape tells it: a
 * growing present and a shared one are both {@code [batch, heads, present, size]}, and
 * {@code past_present_share_buffer} is a wish of the configuration. So the operators of the file are counted: one
 * GroupQueryAttention a layer, or none.
 */
final class GraphReader {
    private static final Map<String, OnnxJavaType> KNOWN = Map.of(
            StepTensors.INPUT_IDS, OnnxJavaType.INT64,
            StepTensors.ATTENTION_MASK, OnnxJavaType.INT64,
            StepTensors.POSITION_IDS, OnnxJavaType.INT64,
            StepTensors.SEQLENS_K, OnnxJavaType.INT32,
            StepTensors.TOTAL_SEQUENCE_LENGTH, OnnxJavaType.INT32,
            StepTensors.LOGITS_IDX, OnnxJavaType.INT64);

    private final Map<String, Port> inputs;
    private final Map<String, Port> outputs;
    private final OnnxFile file;

    /**
     * One input or output.
     *
     * @param type its element type
     * @param shape its dimensions; -1 where a run decides
     */
    record Port(OnnxJavaType type, List<Long> shape) {
        static Map<String, Port> all(Map<String, NodeInfo> nodes) {
            Map<String, Port> ports = new TreeMap<>();
            nodes.forEach((name, node) -> ports.put(
                    name,
                    node.getInfo() instanceof TensorInfo tensor
                            ? new Port(
                                    tensor.type,
                                    Arrays.stream(tensor.getShape()).boxed().toList())
                            : new Port(OnnxJavaType.UNKNOWN, List.of())));
            return ports;
        }
    }

    GraphReader(Map<String, Port> inputs, Map<String, Port> outputs, OnnxFile file) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.file = file;
    }

    GraphSignature read() {
        refuseOtherKinds();
        KvLayout kv = cache();
        refuseUnknownInputs(kv);
        Feeds feeds = new Feeds(
                inputs.containsKey(StepTensors.SEQLENS_K),
                inputs.containsKey(StepTensors.ATTENTION_MASK),
                inputs.containsKey(StepTensors.POSITION_IDS));
        if (feeds.lengths() != inputs.containsKey(StepTensors.TOTAL_SEQUENCE_LENGTH)) {
            throw unsupported("has only one of the inputs seqlens_k and total_sequence_length, which go together");
        }
        Port logits = logits();
        long vocabSize = logits.shape().get(logits.shape().size() - 1);
        if (vocabSize < 1) {
            throw unsupported("gives logits of unknown width; the last dimension must be a number");
        }
        return new GraphSignature(
                attention(kv),
                kv,
                feeds,
                logitsRows(logits),
                logits.type() == OnnxJavaType.FLOAT16,
                Math.toIntExact(vocabSize));
    }

    private void refuseOtherKinds() {
        if (inputs.containsKey("encoder_hidden_states") || inputs.containsKey("encoder_attention_mask")) {
            throw unsupported("is the decoder of an encoder-decoder model; only decoder-only language models are");
        }
        if (file.count("PagedAttention") > 0) {
            throw unsupported("uses PagedAttention, which has no CPU kernel; export it with GroupQueryAttention");
        }
        if (!inputs.containsKey(StepTensors.INPUT_IDS)) {
            throw unsupported(
                    "has no input input_ids but " + inputs.keySet() + "; it is no decoder-only language model");
        }
    }

    private KvLayout cache() {
        int layers = 0;
        while (inputs.containsKey(KvLayout.PAST + layers + KvLayout.KEY)) {
            layers++;
        }
        Port first = inputs.get(KvLayout.PAST + 0 + KvLayout.KEY);
        if (first == null) {
            throw unsupported("has no inputs past_key_values.N.key, so it keeps no cache; export it with past");
        }
        KvType type = KvType.of(first.type());
        List<Long> shape = first.shape();
        boolean growing = shape.size() == 4 && shape.get(0) <= 1 && shape.get(2) <= 0;
        if (type == null || !growing || shape.get(1) < 1 || shape.get(3) < 1) {
            throw unsupported("has an input past_key_values.0.key of " + describe(first)
                    + "; a cache is float32, float16 or int8 of shape [batch, heads, any length, size]");
        }
        KvLayout kv = new KvLayout(layers, Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(3)), type);
        requireAlike(kv, first);
        return kv;
    }

    private void requireAlike(KvLayout kv, Port first) {
        List<String> past = kv.pastNames();
        List<String> present = kv.presentNames();
        for (int i = 0; i < past.size(); i++) {
            Port in = inputs.get(past.get(i));
            Port out = outputs.get(present.get(i));
            if (!alike(in, first) || !alike(out, first)) {
                throw unsupported("has layers whose caches differ: " + past.get(i) + " is " + describe(in) + ", "
                        + present.get(i) + " is " + describe(out) + ", past_key_values.0.key is " + describe(first));
            }
        }
    }

    private static boolean alike(@Nullable Port port, Port first) {
        return port != null
                && port.type() == first.type()
                && port.shape().size() == 4
                && port.shape().get(3).equals(first.shape().get(3))
                && (port.shape().get(1).equals(first.shape().get(1))
                        || port.shape().get(1) < 0);
    }

    private void refuseUnknownInputs(KvLayout kv) {
        Set<String> cache = Set.copyOf(kv.pastNames());
        Set<String> unknown = new TreeSet<>();
        inputs.forEach((name, port) -> {
            if (!cache.contains(name) && KNOWN.get(name) != port.type()) {
                unknown.add(name + " " + describe(port));
            }
        });
        if (!unknown.isEmpty()) {
            throw unsupported("has inputs that this backend cannot feed: " + unknown + ". It feeds "
                    + new TreeMap<>(KNOWN) + " and past_key_values.N.key/value");
        }
    }

    private Attention attention(KvLayout kv) {
        int shared = file.count("GroupQueryAttention");
        if (shared != 0 && shared != kv.layers()) {
            throw unsupported("has " + shared + " GroupQueryAttention operators for " + kv.layers()
                    + " layers; it must have one a layer or none");
        }
        return shared == 0 ? Attention.PLAIN : Attention.GROUP_QUERY;
    }

    private Port logits() {
        Port logits = outputs.get(StepTensors.LOGITS);
        if (logits == null || (logits.type() != OnnxJavaType.FLOAT && logits.type() != OnnxJavaType.FLOAT16)) {
            throw unsupported("must have an output logits of float32 or float16, it has " + outputs.keySet());
        }
        int rank = inputs.containsKey(StepTensors.LOGITS_IDX) ? 2 : 3;
        if (logits.shape().size() != rank) {
            throw unsupported("gives logits of " + describe(logits) + "; " + rank + " dimensions are supported");
        }
        return logits;
    }

    private LogitsRows logitsRows(Port logits) {
        if (inputs.containsKey(StepTensors.LOGITS_IDX)) {
            return LogitsRows.SELECTED;
        }
        return logits.shape().get(1) == 1 ? LogitsRows.LAST : LogitsRows.ALL;
    }

    private static String describe(@Nullable Port port) {
        return port == null ? "absent" : port.type() + " " + port.shape();
    }

    private static ModelLoadException unsupported(String what) {
        return new ModelLoadException("The graph " + what + ".");
    }
}
