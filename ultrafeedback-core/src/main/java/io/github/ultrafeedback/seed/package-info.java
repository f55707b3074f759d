/** Seeds that depend on what is drawn, never on when: {@link io.github.ultrafeedback.seed.Seeds}. */
@NullMarked
package io.github.ultrafeedback.seed;

import org.jspecify.annotations.NullMarked;
