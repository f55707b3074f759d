package io.github.ultrafeedback.dataset.internal.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing to write down. Entries of one append are written together or not at all. */
public sealed interface JournalEntry {

    /**
     * A fact about the whole job.
     *
     * @param name what it is
     * @param value its value
     */
    record Meta(String name, String value) implements JournalEntry {}

    /**
     * A row of the input with the models drawn for it.
     *
     * @param index its place in the input, from 0
     * @param id its id, unique in the job
     * @param hash hash of its text
     * @param json its text in one line
     * @param models the models to ask, in order; empty if the row cannot be used
     * @param calls how many calls it asks for
     * @param problem why the row cannot be used, or null
     */
    record NewRow(
            long index,
            String id,
            String hash,
            String json,
            List<String> models,
            int calls,
            @Nullable String problem) implements JournalEntry {
        public NewRow {
            models = List.copyOf(models);
        }

        /** Names the row without its text. */
        @Override
        public String toString() {
            return "NewRow[index=" + index + ", id=" + id + "]";
        }
    }

    /**
     * A row that is no use: a failure without a call.
     *
     * @param row index of the row
     * @param problem what is wrong with it
     * @param at when it was found, in ISO 8601
     */
    record BadRow(long row, String problem, String at) implements JournalEntry {}

    /**
     * A call is about to be sent; counts as one more time asked.
     *
     * @param call which call
     */
    record Intent(CallAddress call) implements JournalEntry {}

    /**
     * A change of state that brings nothing else.
     *
     * @param call which call
     * @param state its state from now on
     */
    record State(CallAddress call, CallState state) implements JournalEntry {}

    /**
     * An answer; its call is done.
     *
     * @param call which call
     * @param principle the category of the principle that was used
     * @param system the system text that was used
     * @param raw the completion as JSON
     */
    record Answer(CallAddress call, String principle, String system, String raw) implements JournalEntry {
        /** Names the call without the answer. */
        @Override
        public String toString() {
            return "Answer[call=" + call + ", chars=" + raw.length() + "]";
        }
    }

    /**
     * A failure; its call has failed.
     *
     * @param call which call
     * @param type name of the exception
     * @param message what happened and what to do
     * @param certainty what is known of the work: NOT_SENT, REFUSED or MAYBE_DONE
     * @param retryable whether asking again unchanged may help
     * @param at when, in ISO 8601
     */
    record Failure(CallAddress call, String type, String message, String certainty, boolean retryable, String at)
            implements JournalEntry {}

    /**
     * A failed call that shall be asked again.
     *
     * @param failure number of its failure
     * @param call which call
     */
    record Retry(long failure, CallAddress call) implements JournalEntry {}

    /**
     * Something that happened to the job.
     *
     * @param at when, in ISO 8601
     * @param kind a word for it
     * @param detail more about it; no text of rows or answers
     */
    record Event(String at, String kind, String detail) implements JournalEntry {}
}
