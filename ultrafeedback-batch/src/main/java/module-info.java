/** Runs many prompts at once through one language model in this process. */
module io.github.ultrafeedback.batch {
    requires transitive io.github.ultrafeedback.core;
    requires io.github.ultrafeedback.onnx;
    requires org.slf4j;

    exports io.github.ultrafeedback.batch;
}
