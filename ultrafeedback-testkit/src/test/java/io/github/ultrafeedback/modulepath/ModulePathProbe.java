package io.github.ultrafeedback.modulepath;

import io.github.ultrafeedback.Generators;

/** Prints the module that it finds, and ends with a status. */
final class ModulePathProbe {
    private ModulePathProbe() {}

    public static void main(String[] args) {
        System.out.println("module " + Generators.class.getModule().getName());
        System.exit(Integer.parseInt(args[0]));
    }
}
