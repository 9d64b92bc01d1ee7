package saslscope.redact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import saslscope.pattern.Anatomy;
import saslscope.pattern.Field;
import saslscope.pattern.PatternSet;
import saslscope.pattern.Redactor;
import saslscope.pattern.Transcript;
import saslscope.source.Line;
import saslscope.source.LogFile;
import saslscope.syslog.SyslogParser;
import saslscope.syslog.SyslogRecord;

/** Makes one log safe to show, a line at a time, in their order. For one thread. */
public final class Redaction {
    private static final byte[] MASK = Redactor.MASK.getBytes(StandardCharsets.US_ASCII);
    /** The mask where only base64 can stand. The NUL before it keeps it from being taken for a login name. */
    private static final byte[] CODED_MASK = Base64.getEncoder().encode(("\0" + Redactor.MASK).getBytes(StandardCharsets.US_ASCII));
    /** Stands for byte 0 of a text without characters; private use, a multiple of 256. */
    private static final int UNREADABLE = 0xE000;
    /** Between an answer and the next question a busy log has a few lines. */
    private static final int MOST_HELD = 256;
    private static final LogFile NOWHERE = new LogFile("-", 0);

    private final PatternSet patterns;
    private final SyslogParser parser;
    /** Null to leave names as they are. */
    private final Swap swap;
    private final Transcript transcript;
    /** Lines that wait for one of them to be decided. */
    private final Queue<Held> held = new ArrayDeque<>();
    private long changed;

    private Redaction(PatternSet patterns, SyslogParser parser, Swap swap) {
        this.patterns = patterns;
        this.transcript = new Transcript(patterns);
        this.parser = parser;
        this.swap = swap;
    }

    /**
     * Masks passwords, and what holds them.
     *
     * @param parser finds the headers of this log's lines
     */
    public static Redaction ofSecrets(PatternSet patterns, SyslogParser parser) {
        return new Redaction(patterns, parser, null);
    }

    /**
     * Also swaps the names of people, hosts and messages, and addresses. In text that is no field of a known message every word is swapped
     * that programs are not known to write: those of the patterns stay, and the ordinary ones.
     *
     * @param ordinary words that tell nothing about anybody, in lower case
     * @param key      decides what stands for what; at least one byte
     */
    public static Redaction ofNames(PatternSet patterns, SyslogParser parser, Set<String> ordinary, byte[] key) {
        Permutation permutation = new Permutation(key);
        return new Redaction(patterns, parser, new Swap(new Names(permutation), new Addresses(permutation), ordinary));
    }

    /**
     * The next line. Lines come out in their order; one whose answer is a name or a password, as a later line tells, and those behind it
     * come out when that is known.
     */
    public void line(Line line, Consumer<byte[]> out) {
        byte[] bytes = line.bytes();
        SyslogRecord record = parser.parse(line);
        // A record that repeats an earlier line has that line's message.
        boolean own = record != null && record.text() == bytes;
        held.add(new Held(bytes, record, own, own ? transcript.next(record) : transcript.next(bytes)));
        while (!held.isEmpty() && (!held.peek().entry.undecided() || held.size() > MOST_HELD)) {
            out.accept(shown(held.poll()));
        }
    }

    /** The lines that still wait for a later one; there is none. */
    public void end(Consumer<byte[]> out) {
        while (!held.isEmpty()) {
            out.accept(shown(held.poll()));
        }
    }

    private record Held(byte[] bytes, SyslogRecord record, boolean own, Transcript.Entry entry) {
    }

    private byte[] shown(Held h) {
        if (!h.own) {
            return written(h, null, MASK, h.record == null);
        }
        byte[] shown = written(h, h.record, MASK, true);
        Anatomy anatomy = h.entry.anatomy();
        if (same(anatomy, h.record, shown)) {
            return shown;
        }
        byte[] coded = written(h, h.record, CODED_MASK, true);
        if (!same(anatomy, h.record, coded)) {
            changed++;
        }
        return coded;
    }

    /** @param record where the header ends; null if there is none, or the line must stay as it is */
    private byte[] written(Held h, SyslogRecord record, byte[] mask, boolean names) {
        byte[] bytes = h.bytes;
        Anatomy anatomy = h.entry.anatomy();
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 32);
        if (record != null) {
            header(bytes, record, out);
        }
        for (Anatomy.Piece p : anatomy.pieces()) {
            if (p.secret()) {
                int from = p.from();
                byte[] answer = anatomy.answer().filter(a -> a.from() == from).map(a -> answer(h.entry)).orElse(null);
                out.writeBytes(answer == null ? mask : answer);
            } else if (swap == null || !names) {
                out.write(bytes, p.from(), p.to() - p.from());
            } else {
                out.writeBytes(swapped(bytes, p.from(), p.to(), as(p.field())));
            }
        }
        if (record != null) {
            out.write(bytes, record.to(), bytes.length - record.to());
        }
        return out.toByteArray();
    }

    /** The client's answer with its names and no password, so that the dialogue still tells who it was; null if it tells nobody. */
    private byte[] answer(Transcript.Entry entry) {
        return swap == null ? entry.answer(n -> n, r -> r) : entry.answer(n -> swap.of(n, Swap.As.LOGIN), r -> swap.of(r, Swap.As.HOST));
    }

    /** How many lines mean something else than before, because a name that was swapped now looks like a program's words. */
    public long changed() {
        return changed;
    }

    private boolean same(Anatomy before, SyslogRecord record, byte[] after) {
        SyslogParser alone = new SyslogParser(record.offset(), OptionalInt.of(record.time().getYear()));
        alone.part(() -> 0, List.of());
        SyslogRecord again = alone.parse(new Line(NOWHERE, 0, 1, after, false));
        return again != null && patterns.anatomy(again).means(before);
    }

    /** What stands before the message: stamp, host, program and process id. Only the host is swapped. */
    private void header(byte[] bytes, SyslogRecord record, ByteArrayOutputStream out) {
        String text = new String(bytes, 0, record.from(), StandardCharsets.ISO_8859_1);
        String host = new String(record.host().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        int at = swap == null || host.isEmpty() ? -1 : text.lastIndexOf(" " + host + " " + record.tag());
        if (at < 0 && swap != null && !host.isEmpty()) {
            at = text.indexOf(" " + host + " ");
        }
        if (at < 0) {
            out.write(bytes, 0, record.from());
            return;
        }
        int to = at + 1 + host.length();
        out.write(bytes, 0, at + 1);
        out.writeBytes(swapped(bytes, at + 1, to, Swap.As.HOST));
        out.write(bytes, to, record.from() - to);
    }

    private static Swap.As as(Optional<Field> field) {
        if (field.isEmpty()) {
            return Swap.As.TEXT;
        }
        return switch (field.get()) {
            case USER, AUTHZID, SENDER, RECIPIENT, RUSER -> Swap.As.LOGIN;
            case CLIENT_NAME, CLIENT_ADDRESS, REALM, HELO, SERVER_NAME, SERVER_ADDRESS, RHOST -> Swap.As.HOST;
            case QUEUE, SESSION -> Swap.As.ID;
            case CLIENT_PORT, MECHANISM, REASON, STAGE, AUTH_OK, AUTH_ALL, SERVICE, VERIFIER, BACKEND, PATH, ERROR, PLUGIN, OPTION,
                SERVER_PORT, REPLY, DSN, STATUS, ACTION, PROCESS, PROCESS_ID, VERSION, COUNT, LIMIT, KEY, DETAIL, TTY, UID, METHOD, TLS,
                SECRET, RESPONSE, RESPONSE_TEXT, CHALLENGE, CHALLENGE_TEXT -> Swap.As.TEXT;
        };
    }

    private byte[] swapped(byte[] bytes, int from, int to, Swap.As as) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
            return swap.of(text, as).getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            // Not UTF-8: what is not ASCII stays as it is, as signs do; a letter alone names nobody.
            StringBuilder text = new StringBuilder();
            for (int i = from; i < to; i++) {
                text.append((char) (bytes[i] < 0 ? UNREADABLE + (bytes[i] & 255) : bytes[i]));
            }
            String other = swap.of(text.toString(), as);
            byte[] out = new byte[other.length()];
            for (int i = 0; i < out.length; i++) {
                out[i] = (byte) other.charAt(i);
            }
            return out;
        }
    }
}
