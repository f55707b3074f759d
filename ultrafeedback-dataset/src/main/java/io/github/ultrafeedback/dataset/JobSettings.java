package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.internal.files.DiskFiles;
import io.github.ultrafeedback.dataset.internal.files.JobFiles;
import io.github.ultrafeedback.dataset.internal.json.CompletionJson;
import io.github.ultrafeedback.model.PromptProfile;
import io.github.ultrafeedback.principle.Preset;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that a builder collects. Not changed once a job is built. */
final class JobSettings {
    static final int MOST_SAMPLES = 16_384;

    @Nullable JobInput input;

    @Nullable Path folder;

    List<JobModel> models = List.of();
    ModelChoice choice = new ModelChoice(ModelChoice.Kind.ALL, 0);
    int samples = 1;
    long seed;

    @Nullable Preset principles = Preset.CODE;

    @Nullable String subset;

    PromptProfile profile = PromptProfile.SANE;

    @Nullable String idField;

    OutputFormat format = OutputFormat.JSONL;
    boolean keepIncompleteRows;

    RunOptions run = RunOptions.defaults();

    // What a test replaces.
    JobFiles files = new DiskFiles();
    Clock clock = Clock.systemUTC();
    List<String> pragmas = List.of();

    JobSettings() {}

    JobSettings(JobSettings other) {
        input = other.input;
        folder = other.folder;
        models = other.models;
        choice = other.choice;
        samples = other.samples;
        seed = other.seed;
        principles = other.principles;
        subset = other.subset;
        profile = other.profile;
        idField = other.idField;
        format = other.format;
        keepIncompleteRows = other.keepIncompleteRows;
        run = other.run;
        files = other.files;
        clock = other.clock;
        pragmas = other.pragmas;
    }

    JobInput input() {
        return set("input", input);
    }

    Path folder() {
        return set("folder", folder);
    }

    private static <T> T set(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException(name + " must be set, got nothing; call " + name + "(...) on the builder");
        }
        return value;
    }

    JobModel model(String id) {
        return models.stream()
                .filter(model -> model.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the job has no model " + id));
    }

    /** What must stay the same for answers in the journal to be this job's; values by name. */
    Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("seed", Long.toString(seed));
        identity.put("samples", Integer.toString(samples));
        identity.put("profile", profile.name());
        identity.put("principles", principles == null ? "none" : principles.name());
        identity.put("subset", subset == null ? "by source" : subset);
        identity.put("idField", idField == null ? "none" : idField);
        identity.put(
                "models.chosen",
                choice.kind() == ModelChoice.Kind.DRAWN
                        ? choice.perRow() + " drawn"
                        : choice.kind().name());
        identity.put(
                "models", String.join(", ", models.stream().map(JobModel::id).toList()));
        for (JobModel model : models) {
            identity.put(
                    "model " + model.id(),
                    "weight=" + model.weight() + " original=" + model.original() + " seeded=" + model.seeded()
                            + " params="
                            + (model.params() == null ? "of the profile" : CompletionJson.write(model.params())));
        }
        return identity;
    }
}
