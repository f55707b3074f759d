package io.github.ultrafeedback.onnx.internal.generation;

import java.util.function.UnaryOperator;

/**
 * What becomes of a choice's text before it goes out.
 *
 * @param finish changes the whole text once the choice has ended
 * @param streams whether text may go out before, since {@code finish} leaves it as it is
 */
public record TextProfile(UnaryOperator<String> finish, boolean streams) {
    /** The text as the model said it, as soon as it is certain. */
    public static final TextProfile PLAIN = new TextProfile(UnaryOperator.identity(), true);
}
