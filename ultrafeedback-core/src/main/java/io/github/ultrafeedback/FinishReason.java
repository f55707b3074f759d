package io.github.ultrafeedback;

/** Why a choice ended, in the words of the OpenAI API and vLLM. */
public enum FinishReason {
    /** The model said its end token, a stop token or a stop string. */
    STOP,
    /** The limit of new tokens, or of the context, was reached: the text is cut. */
    LENGTH,
    /** A filter of the server's took the text away, wholly or in part. */
    CONTENT_FILTER,
    /** The model asked for a tool instead of answering. */
    TOOL_CALLS,
    /** The server gave a reason that has no name here; see the completion's provenance. */
    OTHER
}
