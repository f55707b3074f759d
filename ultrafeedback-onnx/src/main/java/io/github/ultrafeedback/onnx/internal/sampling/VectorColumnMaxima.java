package io.github.ultrafeedback.onnx.internal.sampling;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API's version: as many columns at once as a register holds. Compiled apart, and loaded by name, since the
 * module {@code jdk.incubator.vector} is there only when the JVM was started with {@code --add-modules}.
 */
final class VectorColumnMaxima implements ColumnMaxima {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    @Override
    public void reduce(float[] logits, float[] maxima) {
        int columns = maxima.length;
        int inVectors = columns - columns % SPECIES.length();
        int wholeRows = logits.length - logits.length % columns;
        for (int column = 0; column < inVectors; column += SPECIES.length()) {
            FloatVector highest = FloatVector.fromArray(SPECIES, logits, column);
            for (int token = column + columns; token < wholeRows; token += columns) {
                highest = highest.max(FloatVector.fromArray(SPECIES, logits, token));
            }
            highest.intoArray(maxima, column);
        }
        for (int column = inVectors; column < columns; column++) {
            float highest = logits[column];
            for (int token = column + columns; token < wholeRows; token += columns) {
                highest = Math.max(highest, logits[token]);
            }
            maxima[column] = highest;
        }
        for (int token = wholeRows; token < logits.length; token++) {
            maxima[token - wholeRows] = Math.max(maxima[token - wholeRows], logits[token]);
        }
    }
}
