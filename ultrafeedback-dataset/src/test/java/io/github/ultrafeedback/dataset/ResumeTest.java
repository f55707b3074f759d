package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that has finished is run again, in a process whose heap is far smaller than its journal: nothing is asked.
 * Prints the times; they decide nothing.
 */
final class ResumeTest {
    private static final int ROWS = Boolean.getBoolean("ultrafeedback.full") ? 256_000 : 4_000;

    @TempDir
    Path folder;

    @Test
    void finishedRowsAreNotReadIntoMemoryAndNotAskedAgain() throws Exception {
        String first = run();
        assertThat(first).startsWith("FINISHED: " + ROWS + " rows, " + ROWS + " calls done, " + ROWS + " requests");
        String again = run();
        assertThat(again).startsWith("FINISHED: " + ROWS + " rows, " + ROWS + " calls done, 0 requests");
        System.out.println("ResumeTest first run " + first);
        System.out.println("ResumeTest resumed " + again + ", journal "
                + (Files.size(folder.resolve("job/journal.db")) >> 20) + " MiB");
    }

    private String run() throws Exception {
        try (ChildProcess child = ChildProcess.start(List.of(), ScaleChild.class.getName(), folder, ROWS, 1)) {
            List<String> said = child.rest();
            assertThat(child.process().waitFor()).as("%s", said).isZero();
            return said.get(said.size() - 1);
        }
    }
}
