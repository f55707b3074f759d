/** Asks OpenAI, and every server that speaks its API, over HTTP. */
module io.github.ultrafeedback.openai {
    requires com.fasterxml.jackson.databind;
    requires dev.failsafe.core;
    requires transitive io.github.ultrafeedback.core;
    requires transitive java.net.http;
    requires org.slf4j;

    exports io.github.ultrafeedback.openai;

    provides io.github.ultrafeedback.GeneratorProvider with
            io.github.ultrafeedback.openai.OpenAiGeneratorProvider;
}
