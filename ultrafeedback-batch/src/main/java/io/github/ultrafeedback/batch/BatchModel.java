package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelLocation;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.onnx.OnnxSettings;
import io.github.ultrafeedback.onnx.device.Device;
import io.github.ultrafeedback.onnx.internal.generation.LoadedModel;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature;
import io.github.ultrafeedback.onnx.internal.model.ModelFolder;
import io.github.ultrafeedback.onnx.internal.model.RuntimeOptions;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model folder, opened for many sequences: the graph, its slots, and whether company changes its numbers. */
final class BatchModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchModel.class);

    private final LoadedModel loaded;
    private final OnnxSettings onnx;
    private final CacheSize size;
    private final ModelRunner runner;
    private final SlotTable table;
    private @Nullable Boolean invariant;

    private BatchModel(
            LoadedModel loaded,
            OnnxSettings onnx,
            BatchSettings settings,
            CacheSize size,
            UnaryOperator<ModelRunner> around) {
        this.loaded = loaded;
        this.onnx = onnx;
        this.size = size;
        this.runner = around.apply(new SlotRunner(loaded.graph().newSlotDecoder(size.slots(), size.capacity())));
        this.table = new SlotTable(size.slots(), size.capacity(), size.budget(), settings.prefixReuse());
    }

    /** Takes what is put around the runner, for tests. */
    static BatchModel open(
            ModelRef model, GeneratorOptions options, BatchSettings settings, UnaryOperator<ModelRunner> around) {
        OnnxSettings onnx = options.settings(OnnxSettings.class).orElseGet(OnnxSettings::defaults);
        ModelFolder folder = ModelFolder.open(ModelLocation.require(model, options), onnx.graph());
        LoadedModel loaded = LoadedModel.open(
                model, folder, options, onnx.chatTemplate(), RuntimeOptions.of(onnx.device(), onnx.threads()));
        try {
            requireSlots(loaded);
            CacheSize size = CacheSize.of(
                    settings, loaded.graph().signature().kv(), folder.config().contextLength(), MachineMemory.bytes());
            BatchModel opened = new BatchModel(loaded, onnx, settings, size, around);
            opened.report(model);
            if (settings.selfTest()) {
                opened.test(model);
            }
            return opened;
        } catch (RuntimeException | Error e) { // nothing native may stay behind a failed open
            loaded.close();
            throw e;
        }
    }

    private static void requireSlots(LoadedModel loaded) {
        if (loaded.graph().signature().attention() != GraphSignature.Attention.GROUP_QUERY) {
            throw new ModelLoadException(
                    "'" + loaded.graph().folder().graph() + "' has plain attention, which cannot run"
                            + " sequences of different lengths at once. Open it with the sequential backend, 'onnx:"
                            + loaded.graph().folder().path() + "', or export the model again with GroupQueryAttention:"
                            + " tools/export_llama.py makes such a graph.");
        }
    }

    private void report(ModelRef model) {
        GraphSignature signature = loaded.graph().signature();
        LOG.info(
                "{}: weights {}; cache {} bytes a token ({}); logits {}; {} slots ({}) of {} tokens; {} tokens"
                        + " ({}) in memory at most",
                model,
                CacheSize.megabytes(loaded.graph().bytes()),
                signature.kv().positionBytes(),
                signature.kv().type(),
                CacheSize.megabytes(4L * size.slots() * signature.vocabSize()),
                size.slots(),
                size.why(),
                size.capacity(),
                size.budget(),
                CacheSize.megabytes(size.budget() * signature.kv().positionBytes()));
        if (loaded.graph().device() == Device.CUDA) {
            LOG.warn(
                    "{} runs on CUDA through the Java API, which moves the whole cache to the GPU and back at every"
                            + " step: expect little gain from batching.",
                    model);
        }
    }

    private void test(ModelRef model) {
        SelfTest.Verdict verdict = new SelfTest(runner, table).run();
        if (verdict.untested() != null) {
            LOG.info("{}: whether company changes numbers was not tested: {}.", model, verdict.untested());
            return;
        }
        invariant = verdict.difference() == null;
        if (verdict.difference() != null) {
            LOG.warn(
                    "{}: on this machine {} gets other logits than one alone. A seed may give other tokens in another"
                            + " batch; completions say batchInvariant=false. Formats that hold it: fp32, MatMulNBits in"
                            + " blocks of 32, and per-row w8a8.",
                    model,
                    verdict.difference());
        }
    }

    LoadedModel loaded() {
        return loaded;
    }

    OnnxSettings onnx() {
        return onnx;
    }

    CacheSize size() {
        return size;
    }

    ModelRunner runner() {
        return runner;
    }

    SlotTable table() {
        return table;
    }

    int contextLength() {
        return loaded.graph().folder().config().contextLength();
    }

    /** What the self-test found; empty where it was off, or slots or memory are too few for it. */
    Optional<Boolean> invariant() {
        return Optional.ofNullable(invariant);
    }

    @Override
    public void close() {
        loaded.close(); // and the slots
    }
}
