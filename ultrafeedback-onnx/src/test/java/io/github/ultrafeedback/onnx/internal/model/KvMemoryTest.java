package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KvMemoryTest {
    private static final KvLayout LAYOUT = new KvLayout(3, 2, 32, KvType.FLOAT32);

    @TempDir
    Path folder;

    @Test
    void viewsAreInTheMachinesByteOrderAndNeighboursDoNotOverlap() {
        try (KvMemory memory = KvMemory.reserve(LAYOUT, 4, 100, folder)) {
            int bytes = (int) LAYOUT.rowBytes(100);
            assertThat(bytes).isEqualTo(2 * 100 * 32 * 4);
            for (int tensor = 0; tensor < 6; tensor++) {
                for (int slot = 0; slot < 4; slot++) {
                    ByteBuffer view = memory.view(tensor, slot, 1);
                    assertThat(view.order()).isEqualTo(ByteOrder.nativeOrder());
                    assertThat(view.isDirect()).isTrue();
                    assertThat(view.remaining()).isEqualTo(bytes);
                    view.putInt(0, 10 * tensor + slot).putInt(bytes - 4, 100 * tensor + slot);
                }
            }
            for (int tensor = 0; tensor < 6; tensor++) {
                ByteBuffer middle = memory.view(tensor, 1, 2);
                assertThat(middle.remaining()).isEqualTo(2 * bytes);
                assertThat(middle.getInt(0)).isEqualTo(10 * tensor + 1);
                assertThat(middle.getInt(bytes)).isEqualTo(10 * tensor + 2);
                assertThat(middle.getInt(2 * bytes - 4)).isEqualTo(100 * tensor + 2);
            }
        }
    }

    @Test
    void roomThatNobodyTouchedCostsNoMemoryAndIsGivenBackAtOnce() {
        assumeTrue(ProcessMemory.known(), "resident memory is read from /proc, which this system lacks");
        assumeTrue(NativeMemory.freesAtOnce(), "this JVM frees memory in its own time");
        KvLayout large = new KvLayout(8, 8, 128, KvType.FLOAT32);
        long before = ProcessMemory.residentKib();
        KvMemory memory = KvMemory.reserve(large, 1, 65_536, folder);
        assertThat(ProcessMemory.residentKib() - before).as("4 GiB reserved").isLessThan(64 * 1024);
        ByteBuffer view = memory.view(0, 0, 1);
        for (int i = 0; i < 200 << 20; i += 1024) {
            view.put(i, (byte) 1);
        }
        assertThat(ProcessMemory.residentKib() - before).as("200 MiB touched").isGreaterThan(150 * 1024);
        memory.close();
        assertThat(ProcessMemory.residentKib() - before).as("closed").isLessThan(64 * 1024);
    }

    @Test
    void nothingStaysInTheFolder() throws IOException {
        try (KvMemory memory = KvMemory.reserve(LAYOUT, 1, 100, folder)) {
            memory.view(0, 0, 1).putInt(0, 7);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void withoutAFileTheMemoryIsTakenAtOnce() {
        try (KvMemory memory = KvMemory.reserve(LAYOUT, 2, 100, folder.resolve("nowhere"))) {
            ByteBuffer view = memory.view(5, 1, 1);
            assertThat(view.isDirect()).isTrue();
            assertThat(view.order()).isEqualTo(ByteOrder.nativeOrder());
            assertThat(view.remaining()).isEqualTo((int) LAYOUT.rowBytes(100));
        }
    }

    @Test
    void moreThanOneMapCanHoldNamesTheContextThatFits() {
        KvLayout wide = new KvLayout(1, 8, 128, KvType.FLOAT32);
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> KvMemory.reserve(wide, 1, 1 << 20, folder))
                .withMessageContaining("at most 524287");
        KvMemory.reserve(wide, 1, 524_287, folder).close();
    }

    @Test
    void aClosedCacheGivesNoView() {
        KvMemory memory = KvMemory.reserve(LAYOUT, 2, 10, folder);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> memory.view(0, 1, 2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> memory.view(0, -1, 1));
        memory.close();
        memory.close();
        assertThatIllegalStateException().isThrownBy(() -> memory.view(0, 0, 1));
    }
}
