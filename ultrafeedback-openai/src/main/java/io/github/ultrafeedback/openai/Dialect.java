package io.github.ultrafeedback.openai;

/** Which parameters a server knows beyond OpenAI's. */
public enum Dialect {
    /** OpenAI's own parameters and no others: unknown ones are refused there, and ignored in silence elsewhere. */
    OPENAI,
    /** The server of vLLM. */
    VLLM,
    /** The server of llama.cpp. */
    LLAMA_CPP
}
