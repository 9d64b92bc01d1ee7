package saslscope.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Fills the templates of one document: the counterpart of {@link Packing}. */
final class Filling {
    private final byte[] holes;
    private final long micros;
    private final Function<Schema, Object> columns;
    private final List<Long> numbers = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private int at;

    /**
     * @param holes   as {@link Packing#holes()} gave them
     * @param micros  the document's time
     * @param columns what the column of a field holds, as text or number; null if nothing
     */
    Filling(byte[] holes, long micros, Function<Schema, Object> columns) {
        this.holes = holes;
        this.micros = micros;
        this.columns = columns;
    }

    /** A text with marks. */
    private record Template(String text) {
    }

    /** A map or list in which there are templates, at whatever depth. */
    private record Open(Object content) {
    }

    /** Prepares a map of templates to be filled many times: what has no marks is never looked at again. */
    static Map<String, Object> prepared(Map<String, Object> templates) {
        Map<String, Object> out = LinkedHashMap.newLinkedHashMap(templates.size());
        templates.forEach((k, v) -> out.put(k, prepare(v)));
        return out;
    }

    private static Object prepare(Object value) {
        return switch (value) {
            case String s -> s.chars().anyMatch(c -> c < ' ') ? new Template(s) : s;
            case Map<?, ?> map -> {
                Map<Object, Object> out = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((k, v) -> out.put(k, prepare(v)));
                yield out.values().stream().anyMatch(Filling::open) ? new Open(out) : Collections.unmodifiableMap(out);
            }
            case List<?> list -> {
                List<Object> out = new ArrayList<>();
                list.forEach(o -> out.add(prepare(o)));
                yield out.stream().anyMatch(Filling::open) ? new Open(out) : Collections.unmodifiableList(out);
            }
            case null, default -> value;
        };
    }

    private static boolean open(Object prepared) {
        return prepared instanceof Template || prepared instanceof Open;
    }

    /**
     * The document, or the part of it, of which the templates were made; to be called in the order of cutting.
     *
     * @throws IOException if templates, holes and columns do not belong together
     */
    Map<String, Object> fill(Map<String, Object> prepared) throws IOException {
        Map<String, Object> out = LinkedHashMap.newLinkedHashMap(prepared.size() + 8);
        try {
            prepared.forEach((k, v) -> out.put(k, value(v)));
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw new IOException("a stored document does not fit its columns", e);
        }
        return out;
    }

    private Object value(Object prepared) {
        return switch (prepared) {
            case Template t -> filled(t.text);
            case Open(Map<?, ?> map) -> {
                Map<Object, Object> out = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((k, v) -> out.put(k, value(v)));
                yield out;
            }
            case Open(List<?> list) -> {
                List<Object> out = new ArrayList<>(list.size());
                list.forEach(o -> out.add(value(o)));
                yield out;
            }
            case null, default -> prepared;
        };
    }

    private Object filled(String template) {
        char first = template.charAt(0);
        if (first == Packing.WHOLE_NUMBER) {
            return number();
        }
        if (first == Packing.COLUMN_NUMBER) {
            return columns.apply(field(template.charAt(1)));
        }
        StringBuilder s = new StringBuilder(template.length() + 96);
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            switch (c) {
                case Packing.COLUMN -> s.append(columns.apply(field(template.charAt(++i))).toString());
                case Packing.NUMBER -> {
                    numbers.add(number());
                    s.append(numbers.getLast());
                }
                case Packing.AGAIN -> s.append(numbers.get(template.charAt(++i) - Packing.FIRST));
                case Packing.CLOCK -> {
                    int t = (int) number();
                    Stamp.digits(s, t / 10_000, 2);
                    Stamp.digits(s.append(':'), t / 100 % 100, 2);
                    Stamp.digits(s.append(':'), t % 100, 2);
                }
                case Packing.HEX -> word(s, hex(8));
                case Packing.QUEUE -> {
                    int length = holes[at++];
                    String digits = hex((length + 1) / 2).toUpperCase(Locale.ROOT);
                    word(s, digits.substring(digits.length() - length));
                }
                case Packing.WORD -> {
                    int length = holes[at++];
                    at += length;
                    word(s, new String(holes, at - length, length, StandardCharsets.US_ASCII));
                }
                case Packing.V4 -> word(s, address(4));
                case Packing.V6 -> word(s, address(16));
                case Packing.WORD_AGAIN -> s.append(words.get(template.charAt(++i) - Packing.FIRST));
                case Packing.ISO -> s.append(stamp(template.charAt(++i)).iso());
                case Packing.BSD -> s.append(stamp(template.charAt(++i)).bsd());
                case Packing.MICROS -> s.append(stamp(Packing.UTC).fraction(6));
                case Packing.MILLIS -> s.append(stamp(Packing.UTC).fraction(3));
                case Packing.CONTROL -> s.append((char) (template.charAt(++i) - Packing.FIRST));
                default -> s.append(c);
            }
        }
        return s.toString();
    }

    private static Schema field(char mark) {
        return Schema.at(mark - Packing.FIRST);
    }

    private Stamp stamp(char zone) {
        return new Stamp(micros, ZoneOffset.ofTotalSeconds((zone - Packing.UTC) * Packing.QUARTER));
    }

    private void word(StringBuilder s, String word) {
        words.add(word);
        s.append(word);
    }

    private String address(int bytes) {
        at += bytes;
        byte[] address = Arrays.copyOfRange(holes, at - bytes, at);
        return Address.format(bytes == 4 ? Address.mapped(address) : address);
    }

    private String hex(int bytes) {
        at += bytes;
        return HexFormat.of().formatHex(holes, at - bytes, at);
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
