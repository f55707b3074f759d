package io.github.ultrafeedback.modulepath;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.dataset.GenerationJob;
import io.github.ultrafeedback.dataset.JobInput;
import io.github.ultrafeedback.dataset.JobModel;
import io.github.ultrafeedback.dataset.JobReport;
import io.github.ultrafeedback.dataset.Row;
import io.github.ultrafeedback.dataset.RunOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Runs in a JVM of its own that has our modules on its module path; prints what it found. Its package is none of
 * theirs, since a package of a module cannot be on the class path too.
 */
final class ModulePathProbe {
    private ModulePathProbe() {}

    public static void main(String[] args) {
        GenerationJob job = GenerationJob.builder()
                .input(JobInput.rows(List.of(Row.of("probe", "Hello"))))
                .folder(Path.of(args[0]))
                .models(List.of(JobModel.of("echo", Echo::new)))
                .build();
        JobReport report = job.run(RunOptions.defaults());
        System.out.println("modules " + Generator.class.getModule().getName() + " "
                + job.getClass().getModule().getName() + ", end " + report.end() + ", done " + report.done());
    }

    private static final class Echo implements Generator {
        @Override
        public ModelRef model() {
            return ModelRef.parse("echo");
        }

        @Override
        public CompletableFuture<Completion> submit(GenerationRequest request) {
            return CompletableFuture.completedFuture(new Completion(
                    model(),
                    request.prompt().id(),
                    List.of(Choice.of(0, "echoed", FinishReason.STOP)),
                    Usage.of(1, 1),
                    request.params(),
                    request.params().seed(),
                    1,
                    Duration.ZERO,
                    Map.of()));
        }

        @Override
        public void close() {}
    }
}
