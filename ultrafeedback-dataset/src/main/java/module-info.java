/** Rows times models times samples in, UltraFeedback records out, through any crash. */
module io.github.ultrafeedback.dataset {
    requires com.fasterxml.jackson.databind;
    requires transitive io.github.ultrafeedback.core;
    requires java.sql;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;

    exports io.github.ultrafeedback.dataset;
    exports io.github.ultrafeedback.dataset.error;

    uses java.sql.Driver;
}
