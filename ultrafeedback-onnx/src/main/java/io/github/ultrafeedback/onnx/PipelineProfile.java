package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.model.PostProcessing;

/** Whose habits the generator takes on, beside what the request says. */
public enum PipelineProfile {
    /** None: the parameters of the request and the text as the model said it. The default. */
    PLAIN,
    /**
     * The Hugging Face pipeline as UltraFeedback calls it: top_k 50 where the request sets none, spaces before
     * punctuation cleaned up, the text cut at four newlines. A listener hears the whole text at the end, since it may
     * change until then. A completion has {@code profile} in its provenance; its token ids and usage are those of the
     * text before it was changed.
     */
    HUGGING_FACE;

    private static final int LIBRARY_TOP_K = 50; // transformers' default, which the original never overrides

    /**
     * The parameters that take effect.
     *
     * @param params those of a request
     * @return the same, or with what the profile adds
     */
    public SamplingParams adjust(SamplingParams params) {
        return this == HUGGING_FACE && params.topK() == 0 && !params.greedy()
                ? params.toBuilder().topK(LIBRARY_TOP_K).build()
                : params;
    }

    /**
     * The text to give out.
     *
     * @param text a whole choice as the model said it
     * @return the same, or as the profile changes it
     */
    public String finish(String text) {
        return this == HUGGING_FACE ? PostProcessing.ORIGINAL_HUGGING_FACE.apply(text) : text;
    }

    /**
     * Whether text may go out before the choice has ended.
     *
     * @return false where {@link #finish} may change it
     */
    public boolean streams() {
        return this != HUGGING_FACE;
    }
}
