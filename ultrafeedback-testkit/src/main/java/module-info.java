/** The contract that each backend must pass, and fakes to test against. */
module io.github.ultrafeedback.testkit {
    requires transitive io.github.ultrafeedback.core;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static transitive org.jspecify;

    exports io.github.ultrafeedback.testkit;

    opens io.github.ultrafeedback.testkit to
            org.junit.platform.commons;
}
