package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.model.PromptProfile;
import io.github.ultrafeedback.principle.Preset;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link GenerationJob}. Input, folder and models must be set. Not thread-safe. */
public final class GenerationJobBuilder {
    private static final int DRAWN_BY_DEFAULT = 4; // as the original's README says

    private final JobSettings settings = new JobSettings();

    GenerationJobBuilder() {}

    /**
     * Sets where the rows come from.
     *
     * @param value the input
     * @return this
     */
    public GenerationJobBuilder input(JobInput value) {
        settings.input = Objects.requireNonNull(value, "input must not be null");
        return this;
    }

    /**
     * Sets the folder of the job's journal and output. A folder holds one job.
     *
     * @param value made if missing
     * @return this
     */
    public GenerationJobBuilder folder(Path value) {
        settings.folder = Objects.requireNonNull(value, "folder must not be null");
        return this;
    }

    /**
     * Asks each of these models about each row.
     *
     * @param value the models, in the order of the records
     * @return this
     */
    public GenerationJobBuilder models(List<JobModel> value) {
        return choose(value, ModelChoice.Kind.ALL, 0);
    }

    /**
     * Draws four of these models for each row, by weight and the job's seed. The draw is stored before the first call.
     *
     * @param value the pool; at least four
     * @return this
     */
    public GenerationJobBuilder pool(List<JobModel> value) {
        return pool(value, DRAWN_BY_DEFAULT);
    }

    /**
     * Draws some of these models for each row, by weight and the job's seed. The draw is stored before the first call.
     *
     * @param value the pool
     * @param perRow how many to draw, in [1, size of the pool]
     * @return this
     */
    public GenerationJobBuilder pool(List<JobModel> value, int perRow) {
        return choose(value, ModelChoice.Kind.DRAWN, perRow);
    }

    /**
     * Asks the models that each row names in its field {@code models}, as in the original's files.
     *
     * @param value all models that a row may name
     * @return this
     */
    public GenerationJobBuilder modelsNamedByRows(List<JobModel> value) {
        return choose(value, ModelChoice.Kind.NAMED_BY_ROW, 0);
    }

    private GenerationJobBuilder choose(List<JobModel> models, ModelChoice.Kind kind, int perRow) {
        settings.models = List.copyOf(models);
        settings.choice = new ModelChoice(kind, perRow);
        return this;
    }

    /**
     * Sets how many answers each model gives to each row. Each sample makes a record of its own.
     *
     * @param value in [1, 16384]; 1 by default
     * @return this
     */
    public GenerationJobBuilder samples(int value) {
        settings.samples = value;
        return this;
    }

    /**
     * Sets the seed of the draws of models and principles, and of each call's own seed.
     *
     * @param value any value; 0 by default
     * @return this
     */
    public GenerationJobBuilder seed(long value) {
        settings.seed = value;
        return this;
    }

    /**
     * Sets how principles are drawn.
     *
     * @param value the preset, or null for no principle: then {@code principle} is {@code none} and the system text
     *     empty; {@link Preset#CODE} by default
     * @return this
     */
    public GenerationJobBuilder principles(@Nullable Preset value) {
        settings.principles = value;
        return this;
    }

    /**
     * Sets which instruction set all rows belong to, which decides the principles they get.
     *
     * @param value for example {@code flan}, or null to go by each row's {@code source}, where {@code flan_v2_...}
     *     counts as {@code flan}; null by default
     * @return this
     */
    public GenerationJobBuilder subset(@Nullable String value) {
        settings.subset = value;
        return this;
    }

    /**
     * Sets whose prompts and post-processing to use.
     *
     * @param value {@link PromptProfile#SANE} by default; {@link PromptProfile#ORIGINAL} does what the scripts do
     * @return this
     */
    public GenerationJobBuilder profile(PromptProfile value) {
        settings.profile = Objects.requireNonNull(value, "profile must not be null");
        return this;
    }

    /**
     * Sets which field holds a row's id.
     *
     * @param value name of a field with a text or whole number, unique in the input; or null to derive ids from place
     *     and content; null by default
     * @return this
     */
    public GenerationJobBuilder idField(@Nullable String value) {
        settings.idField = value;
        return this;
    }

    /**
     * Sets how records are written.
     *
     * @param value {@link OutputFormat#JSONL} by default
     * @return this
     */
    public GenerationJobBuilder output(OutputFormat value) {
        settings.format = Objects.requireNonNull(value, "output must not be null");
        return this;
    }

    /**
     * Sets whether rows with failed calls become records too, with only the models that answered.
     *
     * @param value false by default: such rows are left out
     * @return this
     */
    public GenerationJobBuilder keepIncompleteRows(boolean value) {
        settings.keepIncompleteRows = value;
        return this;
    }

    /** For tests: replaces what comes from outside. */
    GenerationJobBuilder with(Consumer<JobSettings> change) {
        change.accept(settings);
        return this;
    }

    /**
     * Checks the settings. Nothing is opened or written yet.
     *
     * @return the job
     * @throws IllegalStateException if input, folder or models are missing
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     */
    public GenerationJob build() {
        JobChecks.check(settings);
        return new GenerationJob(new JobSettings(settings));
    }
}
