package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.onnx.internal.generation.ChoiceLimits;
import io.github.ultrafeedback.onnx.internal.generation.ChoiceText;
import io.github.ultrafeedback.onnx.internal.generation.Job;
import io.github.ultrafeedback.onnx.internal.model.Decoder;
import io.github.ultrafeedback.onnx.internal.sampling.SamplingWorkspace;
import io.github.ultrafeedback.onnx.internal.sampling.TokenSampler;
import java.nio.FloatBuffer;

/** Draws one choice, token after token, until something ends it. Used once, by the engine thread. */
final class ChoiceRun {
    private final Decoder decoder;
    private final Job job;
    private final TokenSampler sampler;
    private final ChoiceLimits limits;
    private final ChoiceText text;

    ChoiceRun(Decoder decoder, Job job, TokenSampler sampler, ChoiceLimits limits, ChoiceText text) {
        this.decoder = decoder;
        this.job = job;
        this.sampler = sampler;
        this.limits = limits;
        this.text = text;
    }

    /** Takes the logits after the prompt, and whom to tell of the request's first token, if that is drawn here. */
    Choice run(FloatBuffer promptLogits, SamplingWorkspace workspace, GeneratorListener listener) {
        FloatBuffer logits = promptLogits;
        while (true) {
            if (job.cancellation().isCancelled()) {
                throw new GenerationCancelledException(
                        "The request was cancelled.", job.cancellation().certainty());
            }
            int id = sampler.next(logits, workspace);
            if (sampler.drawn() == 1) {
                job.tell(() -> listener.firstToken(job.request()));
            }
            Choice choice = text.append(id, limits.judge(id), sampler.logprobs().orElse(null));
            if (choice != null) {
                return choice;
            }
            logits = decoder.decode(id);
        }
    }
}
