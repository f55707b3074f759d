package io.github.ultrafeedback.dataset.internal.export;

import io.github.ultrafeedback.dataset.internal.json.KeptAnswer;
import java.nio.file.Path;

/**
 * What an export is to write.
 *
 * @param folder where to
 * @param array whether records are one array in the original's layout, and not a record a line
 * @param samples how many answers each model gives to a row; each sample makes a record of its own
 * @param keepIncompleteRows whether rows with failed calls are written with the models that answered
 * @param response derives the text to store from an answer
 */
public record ExportPlan(Path folder, boolean array, int samples, boolean keepIncompleteRows, ResponseText response) {

    /** Derives the text to store. */
    @FunctionalInterface
    public interface ResponseText {
        /**
         * Post-processes an answer.
         *
         * @param model the model, as the job names it
         * @param answer its answer
         * @return the text to store
         */
        String of(String model, KeptAnswer answer);
    }

    /**
     * The file of the records.
     *
     * @return a file in the folder
     */
    public Path records() {
        return folder.resolve(array ? "records.json" : "records.jsonl");
    }
}
