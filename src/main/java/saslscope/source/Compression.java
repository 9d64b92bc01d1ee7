package saslscope.source;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** How a file is compressed, told by its first bytes: names lie after a rename. */
enum Compression {
    NONE, GZIP, BZIP2, XZ, ZSTD;

    /** Bytes that are enough to tell. */
    static final int HEAD = 10;
    /** {@code xz -9} needs 65 MiB. */
    private static final int XZ_MEMORY_KIB = 100 << 10;

    /** @param n how many bytes of head are known; fewer than {@link #HEAD} only if the file is that short */
    static Compression of(byte[] head, int n) {
        if (starts(head, n, 0x1f, 0x8b, 0x08)) {
            return GZIP;
        }
        // After "BZh1" to "BZh9" comes the mark of a block (the digits of pi) or of the end (those of its square root).
        if (n >= 10 && starts(head, n, 'B', 'Z', 'h') && head[3] >= '1' && head[3] <= '9'
            && (head[4] == 0x31 && head[5] == 0x41 || head[4] == 0x17 && head[5] == 0x72)) {
            return BZIP2;
        }
        if (starts(head, n, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return XZ;
        }
        if (starts(head, n, 0x28, 0xb5, 0x2f, 0xfd)
            || n >= 4 && (head[0] & 0xf0) == 0x50 && head[1] == 0x2a && head[2] == 0x4d && head[3] == 0x18) {
            return ZSTD;
        }
        return NONE;
    }

    /** What a file that cannot be read as a log is, with what to do about it; null for all others. */
    static String[] foreign(byte[] head, int n) {
        if (starts(head, n, 'L', 'P', 'K', 'S', 'H', 'H', 'R', 'H')) {
            return new String[] {"is a journal of systemd",
                "pipe it: journalctl --file=FILE -o short-iso | saslscope analyze -"};
        }
        if (starts(head, n, 'P', 'K', 3, 4) || starts(head, n, 0x1f, 0x9d) || starts(head, n, 4, 0x22, 0x4d, 0x18)
            || starts(head, n, '7', 'z', 0xbc, 0xaf) || starts(head, n, 'L', 'Z', 'I', 'P')) {
            return new String[] {"is packed in a way that is not read here (.zip, .Z, .lz4, .7z or .lz)",
                "unpack it first"};
        }
        return null;
    }

    /** True if a longer head could still turn out to be compressed. */
    static boolean undecided(byte[] head, int n) {
        return n < HEAD && (n == 0 || switch (head[0] & 0xff) {
            case 0x1f, 'B', 0xfd, 0x28, 'L', 'P', '7', 4 -> true;
            default -> (head[0] & 0xf0) == 0x50;
        });
    }

    InputStream over(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GzipInput(in);
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
            case XZ -> new XZInputStream(in, XZ_MEMORY_KIB);
            case ZSTD -> new ZstdInputStream(in);
        };
    }

    private static boolean starts(byte[] head, int n, int... magic) {
        if (n < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
