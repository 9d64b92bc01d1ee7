package saslscope.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import saslscope.Fuzz;

/** What journalctl would never write. */
class JournalFuzzTest {
    private static byte[] entries() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            out.writeBytes(("__CURSOR=s=00bdd58ea8e5428889aa815003acde7e;i=" + i + ";b=1;m=1;t=1;x=1\n__REALTIME_TIMESTAMP=1795388400000000\n"
                + "_HOSTNAME=mail\nSYSLOG_IDENTIFIER=postfix/smtpd\n_PID=4711\nMESSAGE\n").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(new byte[] {5, 0, 0, 0, 0, 0, 0, 0});
            out.writeBytes("a\nb\nc\n\n".getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    @Test
    void entriesAreReadOrRefused() {
        Fuzz.run(20_000, random -> {
            ByteArrayInputStream in = new ByteArrayInputStream(Fuzz.mutated(random, entries()));
            try {
                while (JournalEntry.read(in, 100) != null) {
                    // Until the end, or until it is no journal.
                }
            } catch (IOException e) {
                // Said by whoever reads.
            }
        });
    }
}
