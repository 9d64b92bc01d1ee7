package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JournalStreamTest {
    private static final String S1 = "00bdd58ea8e5428889aa815003acde7e";
    private static final String S2 = "11bdd58ea8e5428889aa815003acde7e";

    /** A journal of a few entries; what journalctl would print of it from a cursor on. */
    private static final class FakeJournal implements JournalStream.Journalctl {
        final List<List<String>> started = new ArrayList<>();
        final List<byte[]> outputs = new ArrayList<>();

        @Override
        public Running start(List<String> arguments) {
            started.add(arguments);
            byte[] output = outputs.isEmpty() ? new byte[0] : outputs.removeFirst();
            return new Running() {
                @Override
                public InputStream output() {
                    return new ByteArrayInputStream(output);
                }

                @Override
                public void close() {
                    // Nothing runs.
                }
            };
        }
    }

    private final FakeJournal journal = new FakeJournal();
    private final List<Problem> problems = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();

    private LineStream open(boolean follow, Start start) throws IOException {
        return JournalStream.open(journal, follow, start, LineSelector.ALL, new Limits(200, 4096),
            () -> Instant.ofEpochMilli(clock.get()), problems::add);
    }

    private static byte[] entry(String sequence, int number, String tag, String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("__CURSOR=s=" + sequence + ";i=" + Integer.toHexString(number) + ";b=01;m=1;t=2;x=3\n"
            + "__REALTIME_TIMESTAMP=" + (1_763_800_001_500_000L + number) + "\n_HOSTNAME=mail\nSYSLOG_IDENTIFIER=" + tag + "\nSYSLOG_PID=77\n_PID=78\n")
            .getBytes(StandardCharsets.UTF_8));
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        if (message.contains("\n")) {
            out.writeBytes("MESSAGE\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 8; i++) {
                out.write((int) ((long) text.length >> 8 * i));
            }
            out.writeBytes(text);
        } else {
            out.writeBytes("MESSAGE=".getBytes(StandardCharsets.UTF_8));
            out.writeBytes(text);
        }
        out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static byte[] join(byte[]... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] e : entries) {
            out.writeBytes(e);
        }
        return out.toByteArray();
    }

    /** The next line, waiting for the reading thread. */
    private Line await(LineStream stream) throws IOException {
        Line line = stream.next();
        while (line == null && !stream.ended()) {
            clock.addAndGet(100);
            Thread.onSpinWait();
            line = stream.next();
        }
        return line;
    }

    private static String text(Line line) {
        return new String(line.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void entriesAreLinesWithAStampAndAPlaceThatStays() throws IOException {
        journal.outputs.add(join(entry(S1, 9, "postfix/submission/smtpd", "connect from unknown[192.0.2.15]"),
            entry(S1, 12, "postfix/smtpd", "two\nlines é")));
        LineStream stream = open(false, new Start.Beginning());
        Line first = await(stream);
        assertEquals("2025-11-22T08:26:41.500009+00:00 mail postfix/submission/smtpd[77]: connect from unknown[192.0.2.15]", text(first));
        assertEquals(9, first.offset());
        assertEquals("journal:" + S1, first.file().path());
        assertEquals("2025-11-22T08:26:41.500012+00:00 mail postfix/smtpd[77]: two#012lines é", text(await(stream)));
        assertNull(await(stream));
        assertTrue(stream.ended());
        assertEquals(new Position(first.file(), 13, 3), stream.position());
        assertEquals(2, stream.tally().lines());
        assertTrue(journal.started.getFirst().contains("--no-tail"));
        assertEquals(List.of(), problems);
    }

    @Test
    void goesOnWhereItStopped() throws IOException {
        LogFile file = new LogFile("journal:" + S1, 5);
        journal.outputs.add(join(entry(S1, 11, "a", "read before"), entry(S1, 12, "a", "new"), entry(S2, 3, "a", "of another journal")));
        LineStream stream = open(false, new Start.At(new Position(file, 12, 40)));
        assertTrue(journal.started.getFirst().contains("--cursor=s=" + S1 + ";i=c"), journal.started.toString());
        Line line = await(stream);
        assertEquals(12, line.offset());
        assertEquals(40, line.number());
        assertEquals(file, line.file());
        line = await(stream);
        assertEquals("journal:" + S2, line.file().path());
        assertEquals(3, line.offset());
        assertNull(await(stream));
        assertEquals(2, stream.tally().lines(), "what was read before is not counted again");
    }

    @Test
    void journalctlIsStartedAgainBehindTheLastEntry() throws IOException {
        journal.outputs.add(entry(S1, 1, "a", "one"));
        journal.outputs.add(join(entry(S1, 2, "a", "two"), entry(S1, 3, "a", "three"), "__CURSOR=s=".getBytes(StandardCharsets.UTF_8)));
        journal.outputs.add(join(entry(S1, 3, "a", "three"), entry(S1, 4, "a", "four")));
        LineStream stream = open(true, new Start.End());
        List<String> told = new ArrayList<>();
        for (Line line = await(stream); line != null; line = await(stream)) {
            told.add(text(line).replaceAll(".*: ", ""));
        }
        assertEquals(List.of("one", "two", "three", "four"), told);
        assertTrue(journal.started.getFirst().contains("--lines=0"));
        assertTrue(journal.started.get(1).contains("--cursor=s=" + S1 + ";i=2"));
        assertTrue(stream.ended());
        assertEquals(List.of("the journal: journalctl ended"), problems.stream().map(p -> p.toString().replaceAll(";.*", "")).toList());
    }

    @Test
    void whatIsNotTheExportFormatIsAProblem() throws IOException {
        journal.outputs.add("-- Logs begin at Mon, 23 Nov --\n".repeat(9).getBytes(StandardCharsets.UTF_8));
        LineStream stream = open(false, new Start.Beginning());
        while (!stream.ended()) {
            assertNull(await(stream));
        }
        assertEquals(1, problems.size());
    }

    @Test
    void longMessagesAreCutAndHostileNamesStayOneWord() throws IOException {
        journal.outputs.add(join(entry(S1, 1, "postfix/smtpd[1]: x", "y".repeat(5_000)), entry(S1, 2, "a", "\n".repeat(5_000)), entry(S1, 3, "a", "last")));
        LineStream stream = open(false, new Start.Beginning());
        Line line = await(stream);
        assertTrue(line.cut());
        assertTrue(text(line).contains(" postfix/smtpd_1___x[77]: yyy"), text(line));
        assertTrue(await(stream).cut());
        assertEquals("last", text(await(stream)).replaceAll(".*: ", ""));
        assertEquals(2, stream.tally().cut());
    }

    @Test
    void noBytesMakeItFail() throws IOException {
        Random random = new Random(7);
        byte[] good = join(entry(S1, 1, "a", "one"), entry(S1, 2, "b", "tw\no"));
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            journal.outputs.add(bad);
            LineStream stream = open(false, new Start.Beginning());
            while (!stream.ended()) {
                await(stream);
            }
            journal.outputs.clear();
        }
    }
}
