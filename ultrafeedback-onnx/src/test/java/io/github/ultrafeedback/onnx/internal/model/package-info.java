/** Tests of the model folder, the graph, the cache and the decoder, on the model that ships with the repository. */
@NullMarked
package io.github.ultrafeedback.onnx.internal.model;

import org.jspecify.annotations.NullMarked;
