package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.onnx.device.Device;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a session on the device that was asked for, or fails. After a failed {@code addCUDA} the same options would
 * still open a session on the CPU: here that never happens unless {@link Device#AUTO} asked for it, and then it is
 * logged. Prepacking stays on: without it a quantized step takes twenty times as long.
 */
final class SessionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(SessionFactory.class);
    private static final Pattern MISSING_LIBRARY =
            Pattern.compile("([\\w.+-]+\\.(?:so[.\\d]*|dll))\\W+cannot open shared object file");
    /** Operators of the formats we know that CUDA runs in some types only, or not at all. */
    private static final Set<String> SUSPECTS = Set.of(
            "GroupQueryAttention", "MatMulIntegerToFloat", "DynamicQuantizeMatMul", "MatMulInteger", "QuantizeLinear");

    private final Path graph;
    private final OnnxFile file;
    private final RuntimeOptions options;
    private final OrtEnvironment environment;

    /**
     * An open session.
     *
     * @param session the session
     * @param device where it runs: CPU or CUDA
     */
    record Opened(OrtSession session, Device device) {}

    SessionFactory(OrtEnvironment environment, Path graph, OnnxFile file, RuntimeOptions options) {
        this.environment = environment;
        this.graph = graph;
        this.file = file;
        this.options = options;
    }

    Opened open() {
        return switch (options.device()) {
            case CPU -> cpu();
            case CUDA -> cuda();
            case AUTO -> auto();
        };
    }

    private Opened auto() {
        try {
            Opened opened = cuda();
            LOG.info("device=auto took CUDA for {}", graph);
            return opened;
        } catch (ModelLoadException e) {
            LOG.info("device=auto took the CPU for {}, since CUDA does not work: {}", graph, e.getMessage());
            return cpu();
        }
    }

    private Opened cpu() {
        try (SessionOptions session = sessionOptions()) {
            return new Opened(environment.createSession(graph.toString(), session), Device.CPU);
        } catch (OrtException e) {
            throw new ModelLoadException("ONNX Runtime cannot open '" + graph + "': " + e.getMessage(), e);
        }
    }

    private Opened cuda() {
        try (SessionOptions session = sessionOptions()) {
            addCuda(session);
            return new Opened(environment.createSession(graph.toString(), session), Device.CUDA);
        } catch (OrtException e) {
            throw new ModelLoadException(
                    "'" + graph + "' cannot run on CUDA: " + e.getMessage()
                            + " Every operator must run there, none falls back to the CPU. Of this graph's operators "
                            + suspects() + " may be the cause: CUDA's GroupQueryAttention takes float16 and bfloat16"
                            + " only, and 8-bit products of w8a8 graphs have no CUDA kernel. Use the model's fp16"
                            + " variant, or device=cpu.",
                    e);
        }
    }

    private Set<String> suspects() {
        Set<String> suspects = new TreeSet<>(file.operators().keySet());
        suspects.retainAll(SUSPECTS);
        return suspects;
    }

    private SessionOptions sessionOptions() throws OrtException {
        SessionOptions session = new SessionOptions();
        try {
            session.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            session.setIntraOpNumThreads(options.threads());
            session.setInterOpNumThreads(1);
            return session;
        } catch (OrtException | RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    private static void addCuda(SessionOptions session) throws OrtException {
        session.addConfigEntry("session.disable_cpu_ep_fallback", "1");
        // This overload alone puts the loader's own words, with the name of the missing file, into the message.
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions()) {
            session.addCUDA(cuda);
        } catch (OrtException e) {
            throw new ModelLoadException(cudaMessage(e.getCode(), String.valueOf(e.getMessage())), e);
        }
    }

    static String cudaMessage(OrtErrorCode code, String message) {
        if (code == OrtErrorCode.ORT_EP_FAIL) {
            return "device=cuda needs the CUDA build of ONNX Runtime, and the CPU build is on the class path. Replace "
                    + ClassPathCheck.CPU_ARTIFACT + " by " + ClassPathCheck.CUDA_ARTIFACT + ", or use device=cpu.";
        }
        Matcher missing = MISSING_LIBRARY.matcher(message);
        String what = missing.find() ? "the library " + missing.group(1) + " is missing" : "CUDA does not load";
        return "device=cuda does not work here: " + what + ". " + ClassPathCheck.CUDA_ARTIFACT
                + " needs an NVIDIA driver and CUDA 12 (cuBLAS, cuRAND, cudart) on the library path. ONNX Runtime says: "
                + message;
    }
}
