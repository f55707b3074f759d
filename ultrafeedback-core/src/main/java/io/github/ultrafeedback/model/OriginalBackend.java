package io.github.ultrafeedback.model;

/** The three ways in which the published scripts ran a model. Their answers differ even for equal prompts. */
public enum OriginalBackend {
    /** The OpenAI API, called by the first script. */
    API(PostProcessing.ORIGINAL_API),
    /** The text-generation pipeline of Hugging Face transformers, one prompt at a time, in the first script. */
    HUGGING_FACE(PostProcessing.ORIGINAL_HUGGING_FACE),
    /** vLLM, all prompts in one call, in the second script. */
    VLLM(PostProcessing.ORIGINAL_VLLM);

    private final PostProcessing postProcessing;

    OriginalBackend(PostProcessing postProcessing) {
        this.postProcessing = postProcessing;
    }

    /**
     * What the script did to the generated text before it stored it.
     *
     * @return the processing of this backend
     */
    public PostProcessing postProcessing() {
        return postProcessing;
    }
}
