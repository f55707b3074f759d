/** Metrics of any generator, by Micrometer, under the names of OpenTelemetry's conventions for generative AI. */
module io.github.ultrafeedback.micrometer {
    requires transitive io.github.ultrafeedback.core;
    requires transitive micrometer.core;
    requires static org.jspecify;

    exports io.github.ultrafeedback.micrometer;
}
