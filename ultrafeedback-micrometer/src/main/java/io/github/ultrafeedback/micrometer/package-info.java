/**
 * Metrics of any generator, by Micrometer, under the names of OpenTelemetry's conventions for generative AI.
 *
 * <p>Open {@link io.github.ultrafeedback.micrometer.MicrometerListener}: it is the only public class.
 */
@NullMarked
package io.github.ultrafeedback.micrometer;

import org.jspecify.annotations.NullMarked;
