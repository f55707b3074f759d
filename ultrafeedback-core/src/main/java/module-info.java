/** Prompts, sampling parameters, completions and the contract that every backend keeps. */
module io.github.ultrafeedback.core {
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports io.github.ultrafeedback;
    exports io.github.ultrafeedback.chat;
    exports io.github.ultrafeedback.error;
    exports io.github.ultrafeedback.model;
    exports io.github.ultrafeedback.principle;
    exports io.github.ultrafeedback.seed;

    uses io.github.ultrafeedback.GeneratorProvider;
}
