package saslscope.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * One entry of the systemd journal as a log line.
 *
 * @param sequence what numbers the entries: the journal's sequence number id, 32 hexadecimal digits
 * @param number   the entry's number in it
 * @param line     as {@code journalctl -o short-iso-precise} would print it, in UTC, without the newline
 * @param cut      true if the message was longer than the limit
 */
record JournalEntry(String sequence, long number, byte[] line, boolean cut) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'").withZone(ZoneOffset.UTC);
    private static final int LONGEST_NAME = 64;
    private static final int FIELDS = 1_000;

    /**
     * Reads the next entry of the journal export format (systemd.io/JOURNAL_EXPORT_FORMATS): lines {@code NAME=value}, or
     * {@code NAME}, the length as eight bytes, the value; an empty line ends the entry.
     *
     * @param longest bytes of a message that are kept
     * @return null at the end
     * @throws IOException if that is not what comes
     */
    static JournalEntry read(InputStream in, int longest) throws IOException {
        Map<String, byte[]> fields = new HashMap<>();
        boolean cut = false;
        for (int n = 0; ; n++) {
            String name = name(in);
            if (name == null) {
                if (fields.isEmpty()) {
                    return null;
                }
                throw new EOFException("an entry of the journal is not complete");
            }
            if (name.isEmpty()) {
                if (!fields.isEmpty()) {
                    return of(fields, cut);
                }
                continue;
            }
            if (n > FIELDS) {
                throw new IOException("an entry of the journal has more than " + FIELDS + " fields");
            }
            boolean text = name.endsWith("=");
            String key = text ? name.substring(0, name.length() - 1) : name;
            byte[] value = text ? line(in, longest) : counted(in, longest);
            boolean whole = value.length <= longest;
            cut |= !whole && key.equals("MESSAGE");
            fields.put(key, whole ? value : Arrays.copyOf(value, longest));
        }
    }

    /** A name, with the equals sign if there is one; null at the end. */
    private static String name(InputStream in) throws IOException {
        StringBuilder name = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                if (name.isEmpty()) {
                    return null;
                }
                throw new EOFException("an entry of the journal is not complete");
            }
            name.append((char) b);
            if (b == '=') {
                break;
            }
            if (name.length() > LONGEST_NAME) {
                throw new IOException("not the export format of the journal");
            }
        }
        return name.toString();
    }

    /** Up to the newline; one byte more than the limit if it was longer. */
    private static byte[] line(InputStream in, int longest) throws IOException {
        byte[] value = new byte[128];
        int n = 0;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("an entry of the journal is not complete");
            }
            if (n <= longest) {
                if (n == value.length) {
                    value = Arrays.copyOf(value, 2 * n);
                }
                value[n++] = (byte) b;
            }
        }
        return Arrays.copyOf(value, n);
    }

    private static byte[] counted(InputStream in, int longest) throws IOException {
        long length = 0;
        byte[] count = in.readNBytes(8);
        if (count.length < 8) {
            throw new EOFException("an entry of the journal is not complete");
        }
        for (int i = 7; i >= 0; i--) {
            length = length << 8 | count[i] & 0xff;
        }
        if (length < 0) {
            throw new IOException("not the export format of the journal");
        }
        byte[] value = in.readNBytes((int) Math.min(length, longest + 1L));
        in.skipNBytes(length - value.length);
        if (in.read() != '\n') {
            throw new IOException("not the export format of the journal");
        }
        return value;
    }

    private static JournalEntry of(Map<String, byte[]> fields, boolean cut) throws IOException {
        String sequence = null;
        long number = -1;
        for (String part : text(fields, "__CURSOR").split(";")) {
            if (part.startsWith("s=")) {
                sequence = part.substring(2);
            } else if (part.startsWith("i=")) {
                number = hex(part.substring(2));
            }
        }
        if (sequence == null || number < 0) {
            throw new IOException("an entry of the journal has no cursor");
        }
        String micros = fields.containsKey("_SOURCE_REALTIME_TIMESTAMP") ? "_SOURCE_REALTIME_TIMESTAMP" : "__REALTIME_TIMESTAMP";
        String tag = fields.containsKey("SYSLOG_IDENTIFIER") ? "SYSLOG_IDENTIFIER" : "_COMM";
        String pid = fields.containsKey("SYSLOG_PID") ? "SYSLOG_PID" : "_PID";
        StringBuilder head = new StringBuilder(STAMP.format(Instant.EPOCH.plus(decimal(text(fields, micros)), ChronoUnit.MICROS)));
        head.append(' ').append(word(fields, "_HOSTNAME", "localhost")).append(' ').append(word(fields, tag, "unknown"));
        if (fields.containsKey(pid)) {
            head.append('[').append(word(fields, pid, "")).append(']');
        }
        head.append(": ");
        byte[] message = fields.getOrDefault("MESSAGE", new byte[0]);
        byte[] line = (head + new String(message, StandardCharsets.ISO_8859_1).replace("\n", "#012")).getBytes(StandardCharsets.ISO_8859_1);
        return new JournalEntry(sequence, number, line, cut);
    }

    private static String text(Map<String, byte[]> fields, String name) {
        return new String(fields.getOrDefault(name, new byte[0]), StandardCharsets.ISO_8859_1);
    }

    /** A word of the header: whoever writes to the journal chooses it, and it must not look like more than one. */
    private static String word(Map<String, byte[]> fields, String name, String otherwise) {
        String text = text(fields, name);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST_NAME); i++) {
            char c = text.charAt(i);
            word.append(c <= ' ' || c == '[' || c == ']' || c == ':' ? '_' : c);
        }
        return word.isEmpty() ? otherwise : word.toString();
    }

    private static long hex(String text) throws IOException {
        try {
            return Long.parseLong(text, 16);
        } catch (NumberFormatException e) {
            throw new IOException("an entry of the journal has no usable cursor", e);
        }
    }

    /** Microseconds since 1970; as far as a line can show them. */
    private static long decimal(String text) throws IOException {
        try {
            return Math.clamp(Long.parseLong(text), 0, 253_402_300_799_999_999L);
        } catch (NumberFormatException e) {
            throw new IOException("an entry of the journal has no usable time", e);
        }
    }
}
