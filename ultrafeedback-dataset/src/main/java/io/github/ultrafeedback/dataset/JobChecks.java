package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.model.ModelSpec;
import io.github.ultrafeedback.model.OriginalBackend;
import io.github.ultrafeedback.model.PromptProfile;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import java.util.HashSet;
import java.util.Set;

/** Refuses settings that cannot work, before anything is opened. */
final class JobChecks {
    private JobChecks() {}

    static void check(JobSettings settings) {
        settings.input();
        String folder = settings.folder().toString();
        if (folder.indexOf('?') >= 0) {
            throw new IllegalArgumentException(
                    "folder must have no '?' in its path, which SQLite's driver reads as options, got " + folder);
        }
        if (settings.models.isEmpty()) {
            throw new IllegalStateException(
                    "models must be set, got none; call models(...), pool(...) or modelsNamedByRows(...)");
        }
        int size = settings.models.size();
        if (settings.choice.kind() == ModelChoice.Kind.DRAWN) {
            within("perRow", settings.choice.perRow(), 1, size, "the upper bound is the size of the pool");
        }
        within("samples", settings.samples, 1, JobSettings.MOST_SAMPLES, "1 is one answer a model");
        Set<String> ids = new HashSet<>();
        for (JobModel model : settings.models) {
            check(settings, model, ids);
        }
    }

    private static void check(JobSettings settings, JobModel model, Set<String> ids) {
        if (!ids.add(model.id())) {
            throw new IllegalArgumentException(
                    "models must hold each id once, got " + model.id() + " twice; set samples for several answers");
        }
        if (settings.profile == PromptProfile.ORIGINAL) {
            checkOriginal(model);
        }
    }

    /** What depends on the options of the run. */
    static void checkMemory(JobSettings settings) {
        for (JobModel model : settings.models) {
            if (model.memoryBytes() > settings.run.memoryBudget()) {
                throw new IllegalArgumentException("memoryBytes of " + model.id() + " must be at most the memory budget"
                        + " of " + settings.run.memoryBudget() + ", got " + model.memoryBytes() + "; raise the budget");
            }
        }
    }

    private static void checkOriginal(JobModel model) {
        ModelSpec spec = UltraFeedbackModels.find(model.id())
                .orElseThrow(() -> new IllegalArgumentException("id of a model must be one of UltraFeedback's under"
                        + " the profile ORIGINAL, got " + model.id() + "; take PromptProfile.SANE"));
        OriginalBackend backend = Prompts.original(model);
        if (backend == null || spec.original(backend).isEmpty()) {
            throw new IllegalArgumentException("original of " + model.id() + " must name a script that ran this model,"
                    + " got " + backend + "; call withOriginal(...), or take PromptProfile.SANE");
        }
    }

    static JobModel verifiable(JobSettings settings, String modelId) {
        JobModel model = settings.models.stream()
                .filter(candidate -> candidate.id().equals(modelId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("modelId must be one of "
                        + settings.models.stream().map(JobModel::id).toList() + ", got " + modelId));
        if (!new Prompts(settings).seeded(model)) {
            throw new IllegalArgumentException("modelId must name a model whose calls carry a seed, got " + modelId
                    + "; its answers differ anyway");
        }
        return model;
    }

    static void within(String name, int value, int least, int most, String hint) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be in [" + least + ", " + most + "], got " + value + "; " + hint);
        }
    }
}
