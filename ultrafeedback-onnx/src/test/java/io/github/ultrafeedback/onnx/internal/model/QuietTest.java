package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** ONNX Runtime prints failures to stderr, behind the back of every Java logger. */
final class QuietTest {
    /** A run that is told to end and a run with a length out of range. */
    static final class FailingRuns {
        private FailingRuns() {}

        public static void main(String[] args) throws OrtException {
            try (OnnxModel model = TinyModel.open(TinyModel.GQA)) {
                int failures = 0;
                for (boolean terminate : new boolean[] {true, false}) {
                    try (OrtSession.RunOptions options = SequentialDecoder.quietOptions()) {
                        options.setTerminate(terminate);
                        run(model, options);
                    } catch (OrtException e) {
                        failures++;
                    }
                }
                System.out.println(failures + " failures");
            }
        }

        private static void run(OnnxModel model, OrtSession.RunOptions options) throws OrtException {
            Map<String, OnnxTensor> inputs = new HashMap<>();
            Map<String, OnnxTensor> pinned = new HashMap<>();
            try (SharedCache cache = new SharedCache(
                    OnnxEnvironment.get(model.device()), model.signature().kv(), 4)) {
                StepTensors tensors = new StepTensors(OnnxEnvironment.get(model.device()), model.signature(), 8);
                cache.bind(inputs, pinned);
                // The step believes in more room than the cache has.
                tensors.feed(new Step(6, 2, 8), new int[] {5, 6}, 0, inputs, pinned);
                model.run(inputs, Set.of(), pinned, options).close();
            }
        }
    }

    @Test
    void failedAndCancelledRunsPrintNothing() throws Exception {
        ChildJvm.Output output = new ChildJvm()
                .option("-Dultrafeedback.tiny=" + TinyModel.folder())
                .run(FailingRuns.class);
        assertThat(output.err()).isEmpty();
        assertThat(output.out()).contains("2 failures");
    }
}
