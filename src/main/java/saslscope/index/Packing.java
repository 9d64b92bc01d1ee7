package saslscope.index;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes templates of a document's texts, so that little of it has to be stored: what is also in a column (user, address,
 * time ...) is cut out and only referred to; what changes from line to line (numbers, ids, clock times) goes into a few
 * bytes of its own, the holes. What remains is the same for thousands of documents, and the index keeps it once a segment.
 *
 * <p>A template is a text with marks: control characters, some followed by one more character. A control character of the
 * text itself gets a mark too, so {@link Filling} gives back exactly the text that was cut, whatever it held.
 */
final class Packing {
    /** A value in a column; the next character, less {@link #FIRST}, is the field's number. */
    static final char COLUMN = 1;
    /** As COLUMN, where the whole value is a number and not a text. */
    static final char COLUMN_NUMBER = 2;
    /** A decimal number in the holes. */
    static final char NUMBER = 3;
    /** One of the numbers before; the next character, less {@link #FIRST}, tells which. */
    static final char AGAIN = 4;
    /** As NUMBER, where the whole value is a number and not a text. */
    static final char WHOLE_NUMBER = 5;
    /** A time of day in the holes. */
    static final char CLOCK = 6;
    /** Sixteen hex digits in the holes, or up to sixteen in upper case, which are queue ids. */
    static final char HEX = 7;
    static final char QUEUE = 8;
    /** A word of letters and digits in the holes: a long queue id, a session id. */
    static final char WORD = 11;
    /** The document's time; the next character, less {@link #UTC}, is its zone offset in quarters of an hour. */
    static final char ISO = 12;
    static final char BSD = 14;
    /** Fraction of the document's time, six digits or three. */
    static final char MICROS = 15;
    static final char MILLIS = 16;
    /** A control character; the next character is it, plus {@link #FIRST}. */
    static final char CONTROL = 17;
    /** An IPv4 or IPv6 address in the holes. */
    static final char V4 = 18;
    static final char V6 = 19;
    /** One of the addresses, ids and words before; the next character, less {@link #FIRST}, tells which. */
    static final char WORD_AGAIN = 20;

    /** Kept so low that templates are ASCII, which is cheapest to turn into bytes. */
    static final char FIRST = ' ';
    static final char UTC = 100;
    static final int QUARTER = 900;

    private static final int LONGEST_WORD = 64;
    private static final int SHORTEST_WITH_HOLES = 8;
    private static final int LONGEST_ADDRESS = 45;
    private static final int NUMBERS_KNOWN = 200;
    private static final int WORDS_KNOWN = 200;
    /** Texts that come from the definitions, word for word: there is nothing to cut out. */
    private static final Set<String> CONSTANT = Set.of("cause", "standing", "check", "diagnosis.check", "diagnosis.remedy");

    private final Map<Schema, Known> columns = new EnumMap<>(Schema.class);
    private final List<Known> known = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final ByteArrayOutputStream holes = new ByteArrayOutputStream(64);
    private final StringBuilder out = new StringBuilder(256);
    private final Quotes quotes;

    /** A text that may be cut out, and what to put in its place; {@code rare} if it stands in any kind of text by chance only. */
    private record Known(String text, String mark, boolean rare) {
    }

    private record Cut(int from, int to, String mark) {
    }

    Packing(Quotes quotes) {
        this.quotes = quotes;
    }

    /** Says that the column of a field holds this text. */
    void column(Schema field, String text) {
        boolean rare = switch (field) {
            case IP, USER, DOMAIN, CLIENT -> true;
            default -> false;
        };
        Known k = new Known(text, new String(new char[] {COLUMN, (char) (FIRST + field.ordinal())}), rare);
        columns.put(field, k);
        if (text.length() > 1) {
            known.add(k);
        }
    }

    /** Says that the time column holds this time. */
    void time(Stamp stamp) {
        int seconds = stamp.offset().getTotalSeconds();
        if (seconds % QUARTER == 0) {
            char zone = (char) (UTC + seconds / QUARTER);
            known.add(new Known(stamp.iso(), new String(new char[] {ISO, zone}), true));
            known.add(new Known(stamp.bsd(), new String(new char[] {BSD, zone}), true));
            known.add(new Known(stamp.fraction(6), String.valueOf(MICROS), false));
            known.add(new Known(stamp.fraction(3), String.valueOf(MILLIS), false));
        }
    }

    /** Writes the JSON of a map with templates for texts; holes of several maps follow each other in one sequence. */
    void cut(StringBuilder json, Map<?, ?> map) {
        char before = '{';
        for (Map.Entry<?, ?> e : map.entrySet()) {
            String key = e.getKey().toString();
            json.append(before);
            before = ',';
            quotes.write(json, key);
            json.append(':');
            if (!(e.getValue() instanceof String s && CONSTANT.contains(key) && quotes.plain(json, s))) {
                value(json, Schema.of(key).orElse(null), e.getValue());
            }
        }
        json.append(before == '{' ? "{}" : "}");
    }

    private void value(StringBuilder json, Schema field, Object value) {
        switch (value) {
            case String s -> {
                Known whole = field == null ? null : columns.get(field);
                quotes.write(json, whole != null && whole.text.equals(s) ? whole.mark : text(s, field == Schema.MESSAGE));
            }
            case Integer n -> number(json, field, n);
            case Long n -> number(json, field, n);
            case Map<?, ?> map -> cut(json, map);
            case Iterable<?> list -> {
                char before = '[';
                for (Object o : list) {
                    value(json.append(before), null, o);
                    before = ',';
                }
                json.append(before == '[' ? "[]" : "]");
            }
            case null, default -> Json.write(json, value, Json::quote);
        }
    }

    private void number(StringBuilder json, Schema field, long value) {
        if (field != null && field.kind() == Schema.Kind.LONG) {
            quotes.write(json, new String(new char[] {COLUMN_NUMBER, (char) (FIRST + field.ordinal())}));
        } else if (value >= 0 && value < 1000) {
            json.append(value);
        } else {
            write(value);
            quotes.write(json, String.valueOf(WHOLE_NUMBER));
        }
    }

    /** The bytes of what was cut out and no column holds. */
    byte[] holes() {
        return holes.toByteArray();
    }

    /** @param line whether it is a log line, in which everything known is likely to stand */
    private String text(String s, boolean line) {
        cuts.clear();
        for (Known k : known) {
            if (!line && !k.rare) {
                continue;
            }
            for (int at = s.indexOf(k.text); at >= 0; at = s.indexOf(k.text, at + 1)) {
                if (fits(s, at, at + k.text.length(), k.mark.charAt(0))) {
                    cuts.add(new Cut(at, at + k.text.length(), k.mark));
                }
            }
        }
        if (cuts.isEmpty() && s.length() < SHORTEST_WITH_HOLES && Quotes.isPlain(s)) {
            return s;
        }
        if (cuts.size() > 1) {
            cuts.sort(Comparator.comparingInt(Cut::from).thenComparing(Cut::to, Comparator.reverseOrder()));
        }
        out.setLength(0);
        int at = 0;
        for (Cut c : cuts) {
            if (c.from >= at) {
                literal(s, at, c.from);
                out.append(c.mark);
                at = c.to;
            }
        }
        literal(s, at, s.length());
        return out.toString();
    }

    /** Only whole words are cut out: a user called "a" must not change every line. */
    private static boolean fits(String s, int from, int to, char mark) {
        boolean ends = to == s.length() || !wordy(s.charAt(to));
        boolean digits = to == s.length() || !digit(s.charAt(to));
        if (from > 0 && wordy(s.charAt(from - 1))) {
            return false;
        }
        return switch (mark) {
            case ISO, BSD -> digits;
            case MICROS, MILLIS -> digits && from > 0 && s.charAt(from - 1) == '.';
            default -> ends;
        };
    }

    /** Copies text, numbers and the like into the holes. */
    private void literal(String s, int from, int to) {
        int copied = from;
        int at = from;
        while (at < to) {
            char c = s.charAt(at);
            if (c < ' ') {
                out.append(s, copied, at).append(CONTROL).append((char) (FIRST + c));
                copied = ++at;
            } else if (!wordy(c)) {
                at++;
            } else {
                int start = at;
                int length = address(s, start, to, copied);
                int digits = 0;
                while (length == 0 && at < to && wordy(s.charAt(at))) {
                    digits += digit(s.charAt(at++)) ? 1 : 0;
                }
                if (digits >= 2) {
                    length = hole(s, start, at, digits, to, copied);
                }
                if (length > 0) {
                    at = start + length;
                    copied = at;
                }
            }
        }
        out.append(s, copied, to);
    }

    /** Puts a word with digits into the holes if it looks like one that changes; returns how much was taken. */
    private int hole(String s, int start, int end, int digits, int to, int copied) {
        int length = end - start;
        if (length == 2) {
            if (!clock(s, start, to)) {
                return 0;
            }
            out.append(s, copied, start).append(CLOCK);
            write(pair(s, start) * 10_000L + pair(s, start + 3) * 100L + pair(s, start + 6));
            return 8;
        }
        if (digits == length && length >= 3 && length <= 18 && s.charAt(start) != '0') {
            number(Long.parseLong(s, start, end, 10), s, copied, start);
        } else if (length == 16 && hex(s, start, end, 'a')) {
            if (word(s, copied, start, end, HEX)) {
                holes.writeBytes(HexFormat.of().parseHex(s, start, end));
            }
        } else if (length >= 6 && length <= 16 && hex(s, start, end, 'A')) {
            if (word(s, copied, start, end, QUEUE)) {
                holes.write(length);
                holes.writeBytes(HexFormat.of().parseHex((length % 2 == 0 ? "" : "0") + s.substring(start, end)));
            }
        } else if (length >= 8 && length <= LONGEST_WORD && ascii(s, start, end)) {
            if (word(s, copied, start, end, WORD)) {
                holes.write(length);
                for (int i = start; i < end; i++) {
                    holes.write(s.charAt(i));
                }
            }
        } else {
            return 0;
        }
        return length;
    }

    /** Writes the mark of a word; true if it was not there before, so that its bytes are to follow. */
    private boolean word(String s, int copied, int start, int end, char mark) {
        String word = s.substring(start, end);
        int before = words.indexOf(word);
        out.append(s, copied, start);
        if (before >= 0) {
            out.append(WORD_AGAIN).append((char) (FIRST + before));
            return false;
        }
        out.append(mark);
        if (words.size() < WORDS_KNOWN) {
            words.add(word);
        }
        return true;
    }

    /** Puts an address into the holes if one stands there, as {@link Address#format} writes it; returns its length. */
    private int address(String s, int start, int to, int copied) {
        int end = start;
        int dots = 0;
        int colons = 0;
        while (end < to && end - start < LONGEST_ADDRESS && (s.charAt(end) == '.' || s.charAt(end) == ':' || Character.digit(s.charAt(end), 16) >= 0)) {
            dots += s.charAt(end) == '.' ? 1 : 0;
            colons += s.charAt(end++) == ':' ? 1 : 0;
        }
        if (dots < 3 && colons < 2) {
            return 0;
        }
        while (s.charAt(end - 1) == '.' || s.charAt(end - 1) == ':') {
            // They end a sentence, or a label of it.
            end--;
        }
        String text = s.substring(start, end);
        byte[] address = end < s.length() && wordy(s.charAt(end)) ? null : Address.parse(text);
        if (address == null || !Address.format(address).equals(text)) {
            return 0;
        }
        boolean v4 = Address.isV4(address);
        if (word(s, copied, start, end, v4 ? V4 : V6)) {
            holes.write(address, v4 ? 12 : 0, v4 ? 4 : 16);
        }
        return end - start;
    }

    private void number(long value, String s, int copied, int start) {
        out.append(s, copied, start);
        int before = numbers.indexOf(value);
        if (before >= 0) {
            out.append(AGAIN).append((char) (FIRST + before));
            return;
        }
        out.append(NUMBER);
        write(value);
        if (numbers.size() < NUMBERS_KNOWN) {
            numbers.add(value);
        }
    }

    private static boolean clock(String s, int at, int to) {
        return at + 8 <= to && s.charAt(at + 2) == ':' && digit(s.charAt(at + 3)) && digit(s.charAt(at + 4)) && s.charAt(at + 5) == ':'
            && digit(s.charAt(at + 6)) && digit(s.charAt(at + 7)) && (at + 8 == s.length() || !wordy(s.charAt(at + 8)));
    }

    private static int pair(String s, int at) {
        return (s.charAt(at) - '0') * 10 + s.charAt(at + 1) - '0';
    }

    private static boolean hex(String s, int from, int to, char a) {
        for (int i = from; i < to; i++) {
            char c = s.charAt(i);
            if (!digit(c) && (c < a || c > a + 5)) {
                return false;
            }
        }
        return true;
    }

    private static boolean ascii(String s, int from, int to) {
        for (int i = from; i < to; i++) {
            if (s.charAt(i) > 127) {
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

    private void write(long value) {
        long v = value;
        for (; v > 127; v >>>= 7) {
            holes.write((int) (v & 127 | 128));
        }
        holes.write((int) v);
    }
}
