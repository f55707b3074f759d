/** Runs many prompts at once through one language model in this process. */
module io.github.ultrafeedback.batch {
    requires java.management;
    requires jdk.management; // how much memory the machine has
    requires transitive io.github.ultrafeedback.core;
    requires io.github.ultrafeedback.onnx;
    requires org.slf4j;

    exports io.github.ultrafeedback.batch;

    provides io.github.ultrafeedback.GeneratorProvider with
            io.github.ultrafeedback.batch.BatchGeneratorProvider;
}
