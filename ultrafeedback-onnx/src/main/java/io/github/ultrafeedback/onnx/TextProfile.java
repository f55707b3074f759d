package io.github.ultrafeedback.onnx;

import java.util.function.UnaryOperator;

/**
 * What becomes of a choice's text before it goes out.
 *
 * @param finish changes the whole text once the choice has ended
 * @param streams whether text may go out before, since {@code finish} leaves it as it is
 */
record TextProfile(UnaryOperator<String> finish, boolean streams) {
    /** The text as the model said it, as soon as it is certain. */
    static final TextProfile PLAIN = new TextProfile(UnaryOperator.identity(), true);
}
