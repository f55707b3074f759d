package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.onnx.device.Device;
import io.github.ultrafeedback.onnx.internal.model.GraphReader.Port;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.Attention;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A graph, open on a device, that makes decoders; {@link OnnxRuntime#open} opens it. Safe for concurrent use; decoders
 * share the weights and the threads, so two that run at once are slower than one after the other.
 */
public final class OnnxModel implements AutoCloseable {
    private final ModelFolder folder;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final GraphSignature signature;
    private final Device device;
    private final long bytes;
    private final Set<OpenDecoder> decoders = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private OnnxModel(
            ModelFolder folder,
            OrtEnvironment environment,
            SessionFactory.Opened opened,
            GraphSignature signature,
            long bytes) {
        this.bytes = bytes;
        this.folder = folder;
        this.environment = environment;
        this.session = opened.session();
        this.device = opened.device();
        this.signature = signature;
    }

    static OnnxModel open(ModelFolder folder, RuntimeOptions options) {
        OnnxFile file = OnnxFile.read(folder.graph());
        file.requireExternalData(folder.graph());
        OrtEnvironment environment = OnnxEnvironment.get(options.device());
        SessionFactory.Opened opened = new SessionFactory(environment, folder.graph(), file, options).open();
        try {
            GraphReader reader = new GraphReader(
                    Port.all(opened.session().getInputInfo()),
                    Port.all(opened.session().getOutputInfo()),
                    file);
            return new OnnxModel(folder, environment, opened, reader.read(), file.bytes(folder.graph()));
        } catch (OrtException e) {
            close(opened.session());
            throw new ModelLoadException("The inputs of '" + folder.graph() + "' cannot be read", e);
        } catch (RuntimeException e) {
            close(opened.session());
            throw new ModelLoadException("'" + folder.graph() + "': " + e.getMessage(), e);
        } catch (Error e) {
            close(opened.session());
            throw e;
        }
    }

    /**
     * A decoder with room for the model's whole context. What it reserves costs memory only as tokens come.
     *
     * @return a new decoder; close it, or close this model
     * @throws ModelLoadException if its cache cannot be made
     * @throws IllegalStateException if the model is closed
     */
    public Decoder newDecoder() {
        return newDecoder(folder.config().contextLength());
    }

    /**
     * A decoder with room for fewer tokens.
     *
     * @param contextLength the most tokens of a sequence, 1 to the model's context length
     * @return a new decoder; close it, or close this model
     * @throws IllegalArgumentException if the length is out of range
     * @throws ModelLoadException if its cache cannot be made
     * @throws IllegalStateException if the model is closed
     */
    public synchronized Decoder newDecoder(int contextLength) {
        requireOpen();
        int most = folder.config().contextLength();
        if (contextLength < 1 || contextLength > most) {
            throw new IllegalArgumentException("contextLength must be in [1, " + most + "], got " + contextLength);
        }
        StepTensors tensors = new StepTensors(environment, signature, contextLength);
        try {
            return newDecoder(tensors, contextLength);
        } catch (OrtException e) {
            tensors.close();
            throw new ModelLoadException("The KV cache for " + contextLength + " tokens cannot be made", e);
        } catch (RuntimeException | Error e) {
            tensors.close();
            throw e;
        }
    }

    private Decoder newDecoder(StepTensors tensors, int contextLength) throws OrtException {
        DecoderCache cache = newCache(contextLength);
        try {
            SequentialDecoder decoder = new SequentialDecoder(this, cache, tensors, contextLength);
            decoders.add(decoder);
            return decoder;
        } catch (OrtException | RuntimeException | Error e) {
            cache.close();
            throw e;
        }
    }

    /**
     * A decoder of many sequences. What it reserves costs memory only as tokens come.
     *
     * @param slots how many sequences, at least 1
     * @param capacity the most tokens of each, 1 to the model's context length
     * @return a new decoder; close it, or close this model
     * @throws IllegalArgumentException if a number is out of range
     * @throws ModelLoadException if the graph's attention is plain, or the cache cannot be made; the message has the
     *     numbers
     * @throws IllegalStateException if the model is closed
     */
    public synchronized SlotDecoder newSlotDecoder(int slots, int capacity) {
        requireOpen();
        SlotRequest request = new SlotRequest(slots, capacity, folder.config().contextLength());
        if (signature.attention() != Attention.GROUP_QUERY) {
            throw request.plain(folder.graph());
        }
        try {
            CachedSlotDecoder decoder = open(request);
            decoders.add(decoder);
            return decoder;
        } catch (OrtException | ArithmeticException | OutOfMemoryError e) { // a buffer has 2 GiB at most
            throw request.tooLarge(signature, e);
        }
    }

    private CachedSlotDecoder open(SlotRequest request) throws OrtException {
        SlotCache cache =
                new SlotCache(TensorFactory.of(environment), signature.kv(), request.slots(), request.capacity());
        SlotTensors tensors = null;
        try {
            tensors = new SlotTensors(environment, signature, request.slots(), request.capacity());
            return new CachedSlotDecoder(this, cache, tensors, request.slots(), request.capacity());
        } catch (OrtException | RuntimeException | Error e) {
            try (cache) {
                if (tensors != null) {
                    tensors.close();
                }
            }
            throw e;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The model is closed.");
        }
    }

    private DecoderCache newCache(int contextLength) throws OrtException {
        return signature.attention() == Attention.GROUP_QUERY
                ? new SharedCache(environment, signature.kv(), contextLength)
                : new GrowingCache(environment, signature.kv());
    }

    OrtSession.Result run(
            Map<String, OnnxTensor> inputs, Set<String> requested, Map<String, OnnxTensor> pinned, RunOptions options)
            throws OrtException {
        return session.run(inputs, requested, pinned, options);
    }

    void forget(OpenDecoder decoder) {
        decoders.remove(decoder);
    }

    /**
     * The folder it came from.
     *
     * @return what was given to {@link OnnxRuntime#open}
     */
    public ModelFolder folder() {
        return folder;
    }

    /**
     * What the graph takes and gives.
     *
     * @return the signature that was read from the graph
     */
    public GraphSignature signature() {
        return signature;
    }

    /**
     * Where it runs.
     *
     * @return {@link Device#CPU} or {@link Device#CUDA}, never {@link Device#AUTO}
     */
    public Device device() {
        return device;
    }

    /**
     * How large its files are: graph and weights.
     *
     * @return bytes; in memory the weights take about as much
     */
    public long bytes() {
        return bytes;
    }

    /** Closes every decoder, which ends and awaits their running calls, then frees the weights. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            List.copyOf(decoders).forEach(OpenDecoder::close);
        } finally {
            close(session);
        }
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not close a session", e);
        }
    }
}
