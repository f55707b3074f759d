package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.model.OriginalBackend;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model that a job asks. Immutable; each {@code withX} returns a copy.
 *
 * @param id its name in the records, for example {@code gpt-4}; not blank, in one line
 * @param opener opens its generator, when its first call is due; the job closes what it opened. Null opens {@code id}
 *     with {@link io.github.ultrafeedback.Generators}
 * @param params how tokens are drawn, or null for the profile's own: the defaults, or what the original's script sent.
 *     Must have {@code n} 1 and no seed, since each call gets its own
 * @param weight how likely the model is drawn from a pool; above 0
 * @param memoryBytes what the model takes of the job's memory budget while it is open; 0 for one behind an API
 * @param original whose post-processing and parameters {@code PromptProfile.ORIGINAL} follows, or null for the API's if
 *     the model is behind one
 * @param seeded whether calls carry a seed; false for a server that refuses one
 */
public record JobModel(
        String id,
        @Nullable Supplier<? extends Generator> opener,
        @Nullable SamplingParams params,
        double weight,
        long memoryBytes,
        @Nullable OriginalBackend original,
        boolean seeded) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names the field, the value and the range
     */
    public JobModel {
        Objects.requireNonNull(id, "id must not be null");
        if (id.isBlank() || id.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("id must be a name in one line, got " + id.length() + " characters");
        }
        if (!(weight > 0 && weight <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("weight of " + id + " must be above 0 and finite, got " + weight
                    + "; leave the model out of the pool to never draw it");
        }
        if (memoryBytes < 0) {
            throw new IllegalArgumentException("memoryBytes of " + id + " must be at least 0, got " + memoryBytes);
        }
        if (params != null && params.n() != 1) {
            throw new IllegalArgumentException(
                    "n of " + id + " must be 1, got " + params.n() + "; set the job's samples instead");
        }
        if (params != null && params.seed().isPresent()) {
            throw new IllegalArgumentException("seed of " + id + " must be empty, got "
                    + params.seed().getAsLong() + "; set the job's seed, from which each call gets its own");
        }
    }

    /**
     * A model that {@link io.github.ultrafeedback.Generators#forModel(String)} opens.
     *
     * @param id a known name, for example {@code gpt-4} or {@code onnx:/models/smollm2}
     * @return the model
     */
    public static JobModel of(String id) {
        return new JobModel(id, null, null, 1, 0, null, true);
    }

    /**
     * A model that the caller opens.
     *
     * @param id its name in the records
     * @param opener opens its generator, when its first call is due, in a thread of the job's
     * @return the model
     */
    public static JobModel of(String id, Supplier<? extends Generator> opener) {
        return new JobModel(id, Objects.requireNonNull(opener, "opener must not be null"), null, 1, 0, null, true);
    }

    /**
     * Sets how tokens are drawn.
     *
     * @param value the parameters, without a seed
     * @return a copy
     */
    public JobModel withParams(SamplingParams value) {
        return new JobModel(id, opener, value, weight, memoryBytes, original, seeded);
    }

    /**
     * Sets how likely the model is drawn.
     *
     * @param value above 0; 1 by default
     * @return a copy
     */
    public JobModel withWeight(double value) {
        return new JobModel(id, opener, params, value, memoryBytes, original, seeded);
    }

    /**
     * Sets what the model takes of the memory budget.
     *
     * @param value bytes; 0 by default
     * @return a copy
     */
    public JobModel withMemoryBytes(long value) {
        return new JobModel(id, opener, params, weight, value, original, seeded);
    }

    /**
     * Sets which of the original's scripts the profile {@code ORIGINAL} follows.
     *
     * @param value the script
     * @return a copy
     */
    public JobModel withOriginal(OriginalBackend value) {
        return new JobModel(id, opener, params, weight, memoryBytes, value, seeded);
    }

    /**
     * Sends calls without a seed.
     *
     * @return a copy
     */
    public JobModel withoutSeed() {
        return new JobModel(id, opener, params, weight, memoryBytes, original, false);
    }

    /** Names the model and its settings. */
    @Override
    public String toString() {
        return "JobModel[" + id + "]";
    }
}
