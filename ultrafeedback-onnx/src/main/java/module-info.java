/** Runs a language model in this process on ONNX Runtime. */
@SuppressWarnings("module")
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
    // What the batching backend shares. It is built after this module, so javac cannot find it yet.
    exports io.github.ultrafeedback.onnx.internal.generation to
            io.github.ultrafeedback.batch;
    exports io.github.ultrafeedback.onnx.internal.model to
            io.github.ultrafeedback.batch;
    exports io.github.ultrafeedback.onnx.internal.sampling to
            io.github.ultrafeedback.batch;
    exports io.github.ultrafeedback.onnx.internal.text to
            io.github.ultrafeedback.batch;

    provides io.github.ultrafeedback.GeneratorProvider with
            io.github.ultrafeedback.onnx.OnnxGeneratorProvider;
}
