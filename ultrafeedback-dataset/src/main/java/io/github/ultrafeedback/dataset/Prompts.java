package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.dataset.internal.json.KeptAnswer;
import io.github.ultrafeedback.dataset.internal.json.RowFields;
import io.github.ultrafeedback.model.ModelSpec;
import io.github.ultrafeedback.model.OriginalBackend;
import io.github.ultrafeedback.model.PostProcessing;
import io.github.ultrafeedback.model.PromptProfile;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import io.github.ultrafeedback.principle.Principle;
import io.github.ultrafeedback.principle.Principles;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a call asks, and what becomes of its answer, by profile. */
final class Prompts {
    private static final int HUGGING_FACE_TOP_K = 50; // the library's default, which the script never changed
    private static final String FLAN = "flan";

    private final JobSettings settings;

    Prompts(JobSettings settings) {
        this.settings = settings;
    }

    /** The principle of a call, or null where the job has none. */
    @Nullable Principle principle(String rowId, RowFields row, String model) {
        return settings.principles == null
                ? null
                : Principles.draw(settings.principles, subset(row), settings.seed, rowId, model);
    }

    private String subset(RowFields row) {
        if (settings.subset != null) {
            return settings.subset;
        }
        String source = row.source() == null ? "" : row.source();
        return source.startsWith(FLAN + "_v2_") ? FLAN : source;
    }

    /**
     * A chat for the backend's own format; under the original profile, for a model with a format of its own, the very
     * text that the script sent.
     */
    Prompt prompt(JobModel model, RowFields row, @Nullable Principle principle) {
        if (settings.profile == PromptProfile.ORIGINAL) {
            Optional<PromptFormat> format =
                    UltraFeedbackModels.find(model.id()).flatMap(spec -> spec.format(PromptProfile.ORIGINAL));
            if (format.isPresent()) {
                String system = principle == null ? "" : principle.text();
                return Prompt.raw(format.get()
                        .render(List.of(Message.system(system), Message.user(row.instruction())))
                        .text());
            }
        }
        return principle == null ? Prompt.of(row.instruction()) : Prompt.of(principle.text(), row.instruction());
    }

    /** The model's own parameters, else the profile's. */
    SamplingParams params(JobModel model) {
        if (model.params() != null) {
            return model.params();
        }
        OriginalBackend backend = settings.profile == PromptProfile.ORIGINAL ? original(model) : null;
        if (backend == OriginalBackend.HUGGING_FACE) {
            return SamplingParams.builder().topK(HUGGING_FACE_TOP_K).build();
        }
        if (backend == OriginalBackend.VLLM) {
            List<String> stops = UltraFeedbackModels.find(model.id())
                    .flatMap(spec -> spec.original(OriginalBackend.VLLM))
                    .orElseThrow()
                    .stopStrings();
            return SamplingParams.builder().stop(stops).build();
        }
        return SamplingParams.defaults();
    }

    /** Whether a call carries a seed; the original's API calls had none. */
    boolean seeded(JobModel model) {
        return model.seeded()
                && !(settings.profile == PromptProfile.ORIGINAL && original(model) == OriginalBackend.API);
    }

    /** The text to store. A backend that runs a profile of its own has processed the text already, and says so. */
    String response(String model, KeptAnswer answer) {
        if (settings.profile == PromptProfile.SANE) {
            return PostProcessing.SANE.apply(answer.text());
        }
        OriginalBackend backend = original(settings.model(model));
        boolean processed =
                backend != null && backend.name().equals(answer.provenance().get("profile"));
        return backend == null || processed
                ? answer.text()
                : backend.postProcessing().apply(answer.text());
    }

    /** Which script the model follows, or null if nobody said and it is not behind an API. */
    static @Nullable OriginalBackend original(JobModel model) {
        if (model.original() != null) {
            return model.original();
        }
        boolean api =
                UltraFeedbackModels.find(model.id()).map(ModelSpec::access).orElse(ModelSpec.Access.NONE)
                        == ModelSpec.Access.API;
        return api ? OriginalBackend.API : null;
    }
}
