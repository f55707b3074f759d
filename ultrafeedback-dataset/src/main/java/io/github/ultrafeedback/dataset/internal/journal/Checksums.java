package io.github.ultrafeedback.dataset.internal.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** SQLite checks its WAL but not its pages, so what must not change silently carries a sum of its own. */
public final class Checksums {
    private Checksums() {}

    static long crc(String... texts) {
        CRC32C crc = new CRC32C();
        for (String text : texts) {
            crc.update(text.getBytes(StandardCharsets.UTF_8));
            crc.update(0);
        }
        return crc.getValue();
    }

    /**
     * A hash of a text's content.
     *
     * @param text any text
     * @return 128 bits of its SHA-256, in 32 hexadecimal digits
     */
    public static String hash(String text) {
        byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 16);
    }

    /**
     * A fresh SHA-256.
     *
     * @return the digest
     * @throws AssertionError never, since every Java platform has it
     */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
