package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code patterns unmatched --suggest}: its output, saved as a folder of patterns, passes lint and test and knows the lines. */
class SuggestTest {
    @TempDir
    Path dir;

    @Test
    void whatIsSuggestedCanBeUsedAsItIs() throws Exception {
        Path log = Files.writeString(dir.resolve("mail.log"), """
            Nov 22 16:50:13 mail postfix/smtpd[1]: warning: a.example.com[192.0.2.1]: SASL flux capacitor of user=alice at 17 gigawatts
            Nov 22 16:50:14 mail postfix/submission/smtpd[2]: warning: b.example.com[192.0.2.2]: SASL flux capacitor of user=bob at 1 gigawatts
            Nov 22 16:50:15 mail saslauthd[3]: the flux was interrupted: pw=Sommer2026
            Nov 22 16:50:16 mail dovecot: auth: Error: flux(bob,192.0.2.2): out of gigawatts
            """);
        Runner runner = new Runner();
        assertEquals(Exit.DONE, runner.run("patterns", "unmatched", "--suggest", log.toString()));
        String suggested = runner.out();
        assertTrue(suggested.contains("# 2 lines\nSMTPD_SASL_FLUX_CAPACITOR_OF_USER  ^warning: %{CLIENT}: "), suggested);
        assertTrue(!suggested.contains("Sommer2026"), suggested);
        Path folder = Files.createDirectory(dir.resolve("mine"));
        Files.writeString(folder.resolve("suggested.grok"), suggested);
        assertEquals(Exit.DONE, runner.run("patterns", "lint", folder.toString()), runner.out() + suggested);
        assertTrue(runner.out().endsWith(" causes: no error\n"), runner.out());
        assertEquals(Exit.NO, runner.run("patterns", "unmatched", "--patterns=" + folder, log.toString()), runner.out());
        assertTrue(runner.err().contains("every line about authentication is known"), runner.err());
        assertEquals(Exit.DONE, runner.run("patterns", "test", "--patterns=" + folder), runner.out());
    }

    @Test
    void suggestWritesNoOtherForm() {
        Runner runner = new Runner();
        assertEquals(Exit.USAGE, runner.run("patterns", "unmatched", "--suggest", "-o", "csv", "x.log"));
        assertTrue(runner.err().contains("--suggest writes a pattern file"), runner.err());
    }
}
