/** Runs a language model in this process on ONNX Runtime. */
module io.github.ultrafeedback.onnx {
    requires ai.djl.api;
    requires ai.djl.tokenizers;
    requires com.fasterxml.jackson.databind;
    requires transitive io.github.ultrafeedback.core;
    requires io.github.ultrafeedback.template;
    requires jdk.unsupported; // gives mapped memory back at once
    requires org.slf4j;
    // The user picks one of the two builds; a missing one is an error of ours that names both.
    requires static com.microsoft.onnxruntime;

    exports io.github.ultrafeedback.onnx;
    exports io.github.ultrafeedback.onnx.device;

    provides io.github.ultrafeedback.GeneratorProvider with
            io.github.ultrafeedback.onnx.OnnxGeneratorProvider;
}
