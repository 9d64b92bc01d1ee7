package saslscope.redact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import saslscope.pattern.Anatomy;
import saslscope.pattern.Field;
import saslscope.pattern.PatternSet;
import saslscope.pattern.Redactor;
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
    private static final LogFile NOWHERE = new LogFile("-", 0);

    private final PatternSet patterns;
    private final SyslogParser parser;
    /** Null to leave names as they are. */
    private final Swap swap;
    private long changed;

    private Redaction(PatternSet patterns, SyslogParser parser, Swap swap) {
        this.patterns = patterns;
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

    /** The line as it may be shown. */
    public byte[] line(Line line) {
        byte[] bytes = line.bytes();
        SyslogRecord record = parser.parse(line);
        // A record that repeats an earlier line has that line's message.
        boolean own = record != null && record.text() == bytes;
        Anatomy anatomy = own ? patterns.anatomy(record) : patterns.anatomy(bytes);
        if (!own) {
            return written(bytes, null, anatomy, MASK, record == null);
        }
        byte[] shown = written(bytes, record, anatomy, MASK, true);
        if (same(anatomy, record, shown)) {
            return shown;
        }
        byte[] coded = written(bytes, record, anatomy, CODED_MASK, true);
        if (!same(anatomy, record, coded)) {
            changed++;
        }
        return coded;
    }

    /** @param record where the header ends; null if there is none, or the line must stay as it is */
    private byte[] written(byte[] bytes, SyslogRecord record, Anatomy anatomy, byte[] mask, boolean names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 32);
        if (record != null) {
            header(bytes, record, out);
        }
        for (Anatomy.Piece p : anatomy.pieces()) {
            if (p.secret()) {
                int from = p.from();
                out.writeBytes(anatomy.login().filter(l -> l.from() == from).map(this::response).orElse(mask));
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

    /** A response with the same names and no password, so that the dialogue still tells who it was. */
    private byte[] response(Anatomy.Names login) {
        String authzid = swap == null ? login.authzid() : swap.of(login.authzid(), Swap.As.LOGIN);
        String user = swap == null ? login.user() : swap.of(login.user(), Swap.As.LOGIN);
        return Base64.getEncoder().encode((authzid + "\0" + user + "\0" + Redactor.MASK).getBytes(StandardCharsets.UTF_8));
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
