package saslscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import saslscope.attempt.ProcessKey;
import saslscope.flow.Ledger;
import saslscope.flow.Resume;
import saslscope.index.Checkpoint;
import saslscope.source.LogFile;
import saslscope.source.Position;

class ResumesTest {
    @Test
    void whatIsWrittenIsRead() {
        Position at = new Position(new LogFile("/var/log/mail log", -7), 9, 3);
        Resume.UnderWay session = new Resume.UnderWay(at.file(), new ProcessKey("", "dovecot: imap\n-login", -1), 7);
        Resume resume = new Resume(List.of(at), List.of(at), List.of(session, session), Set.of("00ff", "01"), new Ledger(10, 5, 2, 2, 1, 4, 900, 3));
        assertEquals(resume, Resumes.read(Resumes.write(resume)));
        assertEquals(Resume.NONE, Resumes.read(Checkpoint.NONE));
    }

    @Test
    void anIndexOfARunThatDidNotCountWhatIsLetGoIsGoneOnWith() {
        assertEquals(new Ledger(10, 5, 2, 2, 1, 4, 900, 0), Resumes.read(new Checkpoint(List.of(), Map.of("ledger", "10 5 2 2 1 4 900"))).ledger());
    }
}
