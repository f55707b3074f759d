package io.github.ultrafeedback.examples;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.GeneratorProvider;
import io.github.ultrafeedback.ModelRef;

/** Makes {@code Generators.forModel("reverse:any")} work; named in {@code META-INF/services}. */
public final class ReverseProvider implements GeneratorProvider {

    /** For {@link java.util.ServiceLoader}. */
    public ReverseProvider() {}

    @Override
    public String name() {
        return "reverse";
    }

    @Override
    public String describe() {
        return "any model behind the scheme reverse:";
    }

    @Override
    public boolean supports(ModelRef model, GeneratorOptions options) {
        return false; // only by scheme
    }

    @Override
    public Generator open(ModelRef model, GeneratorOptions options) {
        return new ReverseGenerator(model);
    }
}
