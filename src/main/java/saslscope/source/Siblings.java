package saslscope.source;

import java.io.IOException;
import java.nio.file.Path;

/** The rotated parts beside a live file. */
final class Siblings {
    private Siblings() {
    }

    /** Fingerprint of a file's content, unpacked; 0 if it has no complete line or cannot be read. */
    static long fingerprint(Path path) {
        byte[] head = new byte[Fingerprint.HEAD];
        int n = 0;
        try (PartInput in = PartInput.open(path)) {
            while (n < head.length) {
                int more = in.read(head, n, head.length - n);
                if (more < 0) {
                    return Fingerprint.of(head, 0, n, true);
                }
                n += more;
                long fingerprint = Fingerprint.of(head, 0, n, false);
                if (fingerprint != 0) {
                    return fingerprint;
                }
            }
        } catch (IOException e) {
            // What was read before the damage may still do.
            return Fingerprint.of(head, 0, n, false);
        }
        return Fingerprint.of(head, 0, n, true);
    }
}
