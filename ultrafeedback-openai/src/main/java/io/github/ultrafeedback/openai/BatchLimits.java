package io.github.ultrafeedback.openai;

/** How much one file of requests may hold. */
record BatchLimits(int lines, long bytes) {
    /** OpenAI's, which counts MB; the smaller of the two things that may mean. */
    static final BatchLimits OPENAI = new BatchLimits(50_000, 200_000_000);
}
