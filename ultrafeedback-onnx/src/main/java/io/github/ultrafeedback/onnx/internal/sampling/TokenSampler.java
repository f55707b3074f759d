package io.github.ultrafeedback.onnx.internal.sampling;

import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Draws the tokens of one choice, one after the other. The n-th token depends on the n-th row of logits, the tokens
 * before it where a penalty is on, and the address (seed, choice, n) alone: not on other sequences, the workspace, the
 * machine, or whether the JVM has the Vector API.
 *
 * <p>Unless log-probabilities are asked for, a token allocates nothing; a penalty's history grows now and then. Not
 * thread-safe: one thread at a time.
 */
public final class TokenSampler {
    private final LogitsProcessor[] processors;
    private final boolean greedy;
    private final long seed;
    private final int choice;
    private final @Nullable TokenHistory history;
    private final @Nullable RawLogprobs logprobs;
    private int drawn;
    private @Nullable PositionLogprobs latest;

    private TokenSampler(SamplingParams params, long seed, int choice, int[] promptIds, int[] endIds) {
        TokenHistory tokens = new TokenHistory(ProcessorChain.readsHistory(params) ? promptIds : new int[0]);
        this.processors = ProcessorChain.of(params, tokens, endIds).toArray(LogitsProcessor[]::new);
        this.history = ProcessorChain.readsHistory(params) ? tokens : null;
        this.greedy = params.greedy();
        this.seed = seed;
        this.choice = choice;
        this.logprobs = params.logprobs().isPresent()
                ? new RawLogprobs(params.logprobs().getAsInt())
                : null;
    }

    /**
     * A sampler that has drawn nothing yet.
     *
     * @param params how to draw; its own seed is not looked at
     * @param seed the address of the request's random stream
     * @param choice which of the n answers, from 0
     * @param promptIds tokens of the prompt, each below the vocabulary's size; copied
     * @param endIds tokens that end a choice and are therefore forbidden before {@code minTokens}: stop tokens, and the
     *     model's end tokens unless they are ignored; copied
     * @return a sampler for one choice
     */
    public static TokenSampler create(SamplingParams params, long seed, int choice, int[] promptIds, int[] endIds) {
        return new TokenSampler(params, seed, choice, promptIds, endIds);
    }

    /**
     * Draws the next token and remembers it.
     *
     * @param logits at its position a row of {@code workspace.vocab()} logits; neither they nor the position change
     * @param workspace scratch space of the calling thread
     * @return the token's id
     * @throws IllegalArgumentException if {@code logits} holds less than a row
     * @throws io.github.ultrafeedback.error.InvalidRequestException if a logit bias names a token that the model lacks
     * @throws GenerationException if the model gave NaN or infinity, or every token is forbidden; not retryable
     */
    public int next(FloatBuffer logits, SamplingWorkspace workspace) {
        float[] row = workspace.row();
        if (logits.remaining() < row.length) {
            throw new IllegalArgumentException(
                    "logits must hold a row of " + row.length + ", got " + logits.remaining());
        }
        logits.get(logits.position(), row);
        if (logprobs != null) {
            logprobs.measure(row, workspace.highest(row));
        }
        for (LogitsProcessor processor : processors) {
            processor.process(row, drawn, workspace);
        }
        int token = choose(row, workspace);
        if (logprobs != null) {
            latest = logprobs.of(token, logits.get(logits.position() + token));
        }
        if (history != null) {
            history.add(token);
        }
        drawn++;
        return token;
    }

    private int choose(float[] row, SamplingWorkspace workspace) {
        float highest = workspace.highest(row);
        if (!Float.isFinite(highest)) {
            throw nothingToDraw(highest);
        }
        float[] maxima = workspace.maxima();
        if (greedy) {
            return Argmax.lowestId(row, maxima, highest);
        }
        return SoftmaxDraw.draw(row, maxima, highest, workspace.cumulative(), RandomStream.key(seed, choice, drawn));
    }

    private GenerationException nothingToDraw(float highest) {
        String what = highest == Float.NEGATIVE_INFINITY
                ? "the logits leave no token to draw: every one is negative infinity"
                : "the model produced " + (Float.isNaN(highest) ? "NaN" : "infinity") + " among its logits";
        return new GenerationException(
                what + ", at token " + drawn + " of choice " + choice
                        + "; logits must be finite: try the fp32 variant of"
                        + " the model, and look for damage in its files",
                false,
                Certainty.REFUSED);
    }

    /**
     * How many tokens were drawn.
     *
     * @return at least 0
     */
    public int drawn() {
        return drawn;
    }

    /**
     * Log-probabilities at the position of the token drawn last.
     *
     * @return empty unless the parameters ask for them and a token was drawn
     */
    public Optional<PositionLogprobs> logprobs() {
        return Optional.ofNullable(latest);
    }
}
