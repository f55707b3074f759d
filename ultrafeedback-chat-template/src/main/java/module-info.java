/** A strict interpreter of the Jinja dialect of chat templates. */
module io.github.ultrafeedback.template {
    requires static transitive org.jspecify;

    exports io.github.ultrafeedback.template;
}
