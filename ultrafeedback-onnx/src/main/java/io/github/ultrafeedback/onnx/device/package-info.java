/** Where the graph runs. {@link io.github.ultrafeedback.onnx.device.Device} is all there is to open. */
@NullMarked
package io.github.ultrafeedback.onnx.device;

import org.jspecify.annotations.NullMarked;
