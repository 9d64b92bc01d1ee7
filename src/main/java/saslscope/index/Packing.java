package saslscope.index;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * Takes a document's JSON apart, so that little of it has to be stored: what is also in a column (user, address, time
 * ...) is cut out and only referred to, what changes from line to line (numbers, ids, clock times) goes into a few bytes
 * of its own. What remains, the frame, is one of a few hundred texts, and the index keeps each of them once a segment.
 *
 * <p>The frame is the JSON text with control characters, which JSON text never contains, where something was cut out.
 * Putting together gives back exactly the text that was taken apart, whatever it held.
 */
final class Packing {
    /** A value in a column; the next character tells which. */
    private static final char COLUMN = 1;
    /** A decimal number in the holes. */
    private static final char NUMBER = 2;
    /** A time of day in the holes. */
    private static final char CLOCK = 3;
    /** Sixteen hex digits in the holes. */
    private static final char HEX = 4;
    /** The document's time; the next character is its zone offset in quarters of an hour. */
    private static final char ISO = 5;
    private static final char BSD = 6;
    /** Fraction of the document's time, six digits or three. */
    private static final char MICROS = 7;
    private static final char MILLIS = 8;

    private static final char OFFSET_BASE = 256;
    private static final int QUARTER = 900;

    private final StringBuilder frame = new StringBuilder(1024);
    private final ByteArrayOutputStream holes = new ByteArrayOutputStream(64);
    private final List<Cut> cuts = new ArrayList<>();

    /** A value that may be cut out, as it stands in JSON text. */
    private record Known(String text, char mark, char which) {
    }

    private record Cut(int from, int to, Known known) {
    }

    private final List<Known> known = new ArrayList<>();

    /** Says that the column of a field holds this text. */
    void column(Schema field, String text) {
        if (text.length() > 1) {
            known.add(new Known(escaped(text), COLUMN, (char) ('!' + field.ordinal())));
        }
    }

    /** Says that the time column holds this time. */
    void time(Stamp stamp) {
        int seconds = stamp.offset().getTotalSeconds();
        if (seconds % QUARTER == 0) {
            char zone = (char) (OFFSET_BASE + seconds / QUARTER);
            known.add(new Known(stamp.iso(), ISO, zone));
            known.add(new Known(stamp.bsd(), BSD, zone));
            known.add(new Known(stamp.fraction(6), MICROS, (char) 0));
            known.add(new Known(stamp.fraction(3), MILLIS, (char) 0));
        }
    }

    /** Cuts a text; the holes of several texts follow each other in one sequence. */
    String cut(String json) {
        cuts.clear();
        for (Known k : known) {
            for (int at = json.indexOf(k.text); at >= 0; at = json.indexOf(k.text, at + 1)) {
                if (fits(json, at, at + k.text.length(), k)) {
                    cuts.add(new Cut(at, at + k.text.length(), k));
                }
            }
        }
        cuts.sort(Comparator.comparingInt(Cut::from).thenComparing(Cut::to, Comparator.reverseOrder()));
        frame.setLength(0);
        int at = 0;
        for (Cut c : cuts) {
            if (c.from >= at) {
                literal(json, at, c.from);
                frame.append(c.known.mark);
                if (c.known.which != 0) {
                    frame.append(c.known.which);
                }
                at = c.to;
            }
        }
        literal(json, at, json.length());
        return frame.toString();
    }

    /** The bytes of what {@link #cut} cut out and no column holds. */
    byte[] holes() {
        return holes.toByteArray();
    }

    private static boolean fits(String s, int from, int to, Known k) {
        if (from > 0 && wordy(s.charAt(from - 1))) {
            return false;
        }
        return switch (k.mark) {
            case ISO, BSD -> to == s.length() || !digit(s.charAt(to));
            case MICROS, MILLIS -> from > 0 && s.charAt(from - 1) == '.' && (to == s.length() || !digit(s.charAt(to)));
            default -> to == s.length() || !wordy(s.charAt(to));
        };
    }

    /** Copies text into the frame, numbers and the like into the holes. */
    private void literal(String s, int from, int to) {
        int at = from;
        while (at < to) {
            int start = at;
            while (at < to && wordy(s.charAt(at))) {
                at++;
            }
            int length = at - start;
            if (length == 16 && all(s, start, at, true)) {
                frame.append(HEX);
                holes.writeBytes(HexFormat.of().parseHex(s, start, at));
            } else if (length >= 3 && length <= 18 && s.charAt(start) != '0' && all(s, start, at, false)) {
                frame.append(NUMBER);
                number(Long.parseLong(s, start, at, 10));
            } else if (length == 2 && clock(s, start, to)) {
                frame.append(CLOCK);
                number(pair(s, start) * 10_000L + pair(s, start + 3) * 100L + pair(s, start + 6));
                at = start + 8;
            } else {
                frame.append(s, start, at);
            }
            while (at < to && !wordy(s.charAt(at))) {
                frame.append(s.charAt(at++));
            }
        }
    }

    private static boolean clock(String s, int at, int to) {
        return at + 8 <= to && all(s, at, at + 2, false) && s.charAt(at + 2) == ':' && all(s, at + 3, at + 5, false)
            && s.charAt(at + 5) == ':' && all(s, at + 6, at + 8, false) && (at + 8 == s.length() || !wordy(s.charAt(at + 8)));
    }

    private static int pair(String s, int at) {
        return (s.charAt(at) - '0') * 10 + s.charAt(at + 1) - '0';
    }

    private static boolean all(String s, int from, int to, boolean hex) {
        for (int i = from; i < to; i++) {
            char c = s.charAt(i);
            if (!digit(c) && !(hex && c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean wordy(char c) {
        return digit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c > 127;
    }

    private void number(long value) {
        long v = value;
        for (; v > 127; v >>>= 7) {
            holes.write((int) (v & 127 | 128));
        }
        holes.write((int) v);
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /** Puts texts together again. */
    static final class Filler {
        private final byte[] holes;
        private final long micros;
        private final Function<Schema, String> columns;
        private int at;

        /**
         * @param holes   as {@link Packing#holes()} gave them
         * @param micros  the document's time
         * @param columns the text that the column of a field holds; null if none
         */
        Filler(byte[] holes, long micros, Function<Schema, String> columns) {
            this.holes = holes;
            this.micros = micros;
            this.columns = columns;
        }

        /**
         * The text of which the frame was cut; to be called in the order of cutting.
         *
         * @throws IOException if frame, holes and columns do not belong together
         */
        String fill(String frame) throws IOException {
            StringBuilder s = new StringBuilder(frame.length() + 128);
            try {
                for (int i = 0; i < frame.length(); i++) {
                    char c = frame.charAt(i);
                    switch (c) {
                        case COLUMN -> {
                            String value = columns.apply(Schema.values()[frame.charAt(++i) - '!']);
                            s.append(escaped(value));
                        }
                        case NUMBER -> s.append(number());
                        case CLOCK -> {
                            int t = (int) number();
                            Stamp.digits(s, t / 10_000, 2);
                            Stamp.digits(s.append(':'), t / 100 % 100, 2);
                            Stamp.digits(s.append(':'), t % 100, 2);
                        }
                        case HEX -> {
                            s.append(HexFormat.of().formatHex(holes, at, at + 8));
                            at += 8;
                        }
                        case ISO -> s.append(stamp(frame.charAt(++i)).iso());
                        case BSD -> s.append(stamp(frame.charAt(++i)).bsd());
                        case MICROS -> s.append(stamp(OFFSET_BASE).fraction(6));
                        case MILLIS -> s.append(stamp(OFFSET_BASE).fraction(3));
                        default -> s.append(c);
                    }
                }
            } catch (IndexOutOfBoundsException | NullPointerException e) {
                throw new IOException("a stored document does not fit its columns", e);
            }
            return s.toString();
        }

        private Stamp stamp(char zone) {
            return new Stamp(micros, ZoneOffset.ofTotalSeconds((zone - OFFSET_BASE) * QUARTER));
        }

        private long number() {
            long v = 0;
            int shift = 0;
            byte b;
            do {
                b = holes[at++];
                v |= (b & 127L) << shift;
                shift += 7;
            } while (b < 0);
            return v;
        }
    }
}
