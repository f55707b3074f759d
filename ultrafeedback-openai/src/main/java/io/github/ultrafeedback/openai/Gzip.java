package io.github.ultrafeedback.openai;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Unpacks bodies that a proxy has packed, although nobody asked for it. */
final class Gzip {
    /** How packed bytes begin; no JSON and no event does. */
    static final byte FIRST = 0x1F;

    private static final byte SECOND = (byte) 0x8B;
    private static final int LONGEST = 64 << 20; // bytes; more makes no answer, but may fill the heap

    private Gzip() {}

    /** The bytes as they are where they are not packed, and what could not be unpacked as nothing. */
    static byte[] unpacked(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != FIRST || bytes[1] != SECOND) {
            return bytes;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(LONGEST);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
