package io.github.ultrafeedback;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Answers prompts with one model. Safe for concurrent use.
 *
 * <p>On every backend: one outcome for each prompt, in order; nothing finished is lost; one bad prompt fails alone; a
 * parameter that cannot be honoured is an error before the first call, never ignored.
 *
 * <p>A backend writes {@link #model}, {@link #submit} and {@link #close}; the rest follows. {@code GeneratorContract}
 * in the testkit holds what it owes, as tests.
 */
public interface Generator extends AutoCloseable {

    /**
     * The model that answers.
     *
     * @return the name it was opened under
     */
    ModelRef model();

    /**
     * Hands in one request and returns at once.
     *
     * <p>The future ends with the completion, or with a {@link io.github.ultrafeedback.error.GenerationException}.
     * Where the queue is full it has already failed with {@link io.github.ultrafeedback.error.QueueFullException};
     * after {@link #close} with {@link io.github.ultrafeedback.error.GeneratorClosedException}. Cancelling it cancels
     * this work and no other. A request has left the queue when its future completes, so that the next may take its
     * place. It may be completed by a thread of the backend's: do not block in its callbacks. With the seed of a
     * {@link Completion} in its parameters, a request gives the same tokens alone.
     *
     * @param request what is asked
     * @return the completion to come
     * @throws NullPointerException if {@code request} is null
     */
    CompletableFuture<Completion> submit(GenerationRequest request);

    /**
     * How many requests the list methods keep in flight at once; never so many that the queue is full.
     *
     * @return at least 1; 256 by default
     */
    default int window() {
        return 256;
    }

    /**
     * Answers each prompt with {@link SamplingParams#defaults()}.
     *
     * @param prompts what is asked; may be empty
     * @return one completion for each prompt, in order
     * @throws GenerationBatchException if a prompt failed, or the caller was interrupted; it holds every outcome
     * @throws NullPointerException if {@code prompts} is or holds null
     */
    default List<Completion> generate(List<Prompt> prompts) {
        return generate(prompts, SamplingParams.defaults());
    }

    /**
     * Answers each prompt. Prompt i gets a seed of its own, a hash of the seed in {@code params}, or of one drawn here,
     * and of the prompt's id, or i where it has none: equal prompts get different answers, and a longer list the same
     * ones. An interrupt cancels what is outstanding, keeps what is finished and stays set.
     *
     * @param prompts what is asked; may be empty
     * @param params how tokens are drawn
     * @return one completion for each prompt, in order
     * @throws GenerationBatchException if a prompt failed, or the caller was interrupted; it holds every outcome
     * @throws NullPointerException if an argument is or holds null
     */
    default List<Completion> generate(List<Prompt> prompts, SamplingParams params) {
        return ListGeneration.completions(generateEach(ListGeneration.requests(prompts, params)));
    }

    /**
     * Answers each request with the parameters and seed that stand in it; a failure is an outcome like another. An
     * interrupt cancels what is outstanding, keeps what is finished and stays set.
     *
     * @param requests what is asked; may be empty
     * @return one outcome for each request, in order
     * @throws NullPointerException if {@code requests} is or holds null
     */
    default List<Outcome> generateEach(List<GenerationRequest> requests) {
        return ListGeneration.outcomes(this, requests);
    }

    /**
     * Answers requests that need not fit into memory: they are read as room becomes free, and each outcome goes to the
     * sink in the order of the requests, on the calling thread.
     *
     * <p>If the sink throws, what is outstanding is cancelled and the exception goes on. If the input throws, what was
     * read is answered first; where the sink throws too, or the caller is interrupted, what the input threw is
     * suppressed in the exception that goes on. An interrupt cancels what is outstanding, hands over the outcomes of
     * all that was read, and stays set.
     *
     * @param requests what is asked; read by the calling thread
     * @param sink takes each outcome once
     * @throws io.github.ultrafeedback.error.GenerationCancelledException if the caller was interrupted
     * @throws NullPointerException if an argument is null, or the input holds null
     */
    default void generate(Iterable<GenerationRequest> requests, Consumer<Outcome> sink) {
        ListGeneration.stream(this, requests, sink);
    }

    /**
     * Ends what is queued and running with {@link io.github.ultrafeedback.error.GeneratorClosedException} and frees
     * everything. Closing again does nothing.
     */
    @Override
    void close();
}
