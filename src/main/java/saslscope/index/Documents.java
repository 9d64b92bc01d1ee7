package saslscope.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.InetAddressPoint;
import org.apache.lucene.document.InvertableType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/**
 * Turns a map into what Lucene indexes. A field's words and points go by its name, its column by {@link #column}. The
 * whole map is packed ({@link Packing}) into two more columns for the frames and one for the bytes; incidents, which are
 * few and all different, are only deflated. Not for use by several threads at a time.
 */
final class Documents {
    /** The unique term of a document: its type's first letter and its id. */
    static final String KEY = "key";
    /** Frame of what is not about the diagnosis. */
    static final String FRAME = "frame";
    /** Frame of the diagnosis: many documents share it, while the lines differ. */
    static final String DIAGNOSIS = "diagnosis";
    /** What differs; the whole document if it has no frame. */
    static final String REST = "rest";

    /** Where in the frame's object the keys of the diagnosis stand. */
    static final String HERE = "diagnosis.";

    /** Between the values of a column with several. */
    static final String LIST = "\u001f";

    /** In front of {@link #REST} without a frame: plain or deflated JSON. */
    static final byte PLAIN = 'J';
    static final byte DEFLATED = 'Z';

    /** Longest word or column value in UTF-16 units; Lucene's limit is 32766 bytes. Longer ones are indexed by their start. */
    static final int LONGEST_VALUE = 1000;
    private static final int LONGEST_LIST = 8000;
    private static final int LONGEST_TEXT = 65_536;
    private static final int LONGEST_FRAME = 16_000;
    private static final int WORTH_DEFLATING = 200;

    private static final FieldType WORDS = type(IndexOptions.DOCS, false);
    private static final FieldType TEXT = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, true);

    private final StringBuilder json = new StringBuilder(4096);
    private final Quotes quotes = new Quotes();
    /** There is one for each of two threads, and the Cleaner ends it. */
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);

    private static FieldType type(IndexOptions options, boolean tokenized) {
        FieldType type = new FieldType();
        type.setIndexOptions(options);
        type.setTokenized(tokenized);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }

    /** Makes words of text: runs of letters and digits, lower case; dots inside numbers and names stay. */
    static Analyzer analyzer() {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                StandardTokenizer words = new StandardTokenizer();
                return new TokenStreamComponents(words, new LowerCaseFilter(words));
            }

            @Override
            protected TokenStream normalize(String field, TokenStream in) {
                return new LowerCaseFilter(in);
            }
        };
    }

    static String column(Schema field) {
        return field.field() + "#";
    }

    /** The unique key of a document. */
    static BytesRef key(String type, String id) {
        byte[] out;
        if (id.length() == 16 && id.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            out = new byte[9];
            System.arraycopy(HexFormat.of().parseHex(id), 0, out, 1, 8);
        } else {
            // Longer than nine bytes or starting with a byte that differs, so it is never taken for a hex id.
            byte[] text = shortened(id).getBytes(StandardCharsets.UTF_8);
            out = new byte[text.length + 10];
            System.arraycopy(text, 0, out, 10, text.length);
        }
        out[0] = (byte) (type.isEmpty() ? '?' : type.charAt(0));
        return new BytesRef(out);
    }

    static BytesRef key(Map<String, Object> document) {
        Object type = document.get(Schema.TYPE.key());
        Object id = document.get("incident".equals(type) ? Schema.INCIDENT.key() : Schema.ID.key());
        if (!(type instanceof String t) || !(id instanceof String i)) {
            throw new IllegalArgumentException("a document without doc.type or id: " + document.keySet());
        }
        return key(t, i);
    }

    /** The form in which a word is indexed and looked up. */
    static String normal(Schema field, String word) {
        String w = shortened(word);
        return switch (field.kind()) {
            case WORD -> w.toLowerCase(Locale.ROOT);
            case EXACT, USER, ID, TEXT, IP, LONG, TIME -> w;
        };
    }

    static String shortened(String text) {
        if (text.length() <= LONGEST_VALUE) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_VALUE - 1)) ? LONGEST_VALUE - 1 : LONGEST_VALUE;
        return text.substring(0, end);
    }

    /** What Lucene is to index for a document with that key. */
    Document lucene(BytesRef key, Map<String, Object> map) {
        Document out = new Document();
        out.add(new Word(KEY, key));
        Packing packing = new Packing(quotes);
        for (Schema field : Schema.values()) {
            Object value = map.get(field.key());
            if (value != null) {
                index(out, field, value);
                column(out, packing, field, value);
            }
            for (String other : field.more()) {
                if (map.get(other) != null) {
                    index(out, field, map.get(other));
                }
            }
        }
        store(out, packing, map);
        return out;
    }

    /** Makes a value searchable. */
    private static void index(Document out, Schema field, Object value) {
        for (String word : words(value)) {
            switch (field.kind()) {
                case IP -> {
                    byte[] address = Address.parse(word);
                    if (address != null) {
                        out.add(new Point(field.field(), address));
                    }
                }
                case WORD, EXACT, USER -> out.add(new Word(field.field(), new BytesRef(normal(field, word))));
                case TEXT -> out.add(new Field(field.field(), word.substring(0, Math.min(word.length(), LONGEST_TEXT)), TEXT));
                case TIME, LONG, ID -> {
                    // Found by their columns, and the id by the key.
                }
            }
        }
    }

    /** Puts a value into its column. What the column gives back exactly need not be stored again. */
    private static void column(Document out, Packing packing, Schema field, Object value) {
        switch (field.column()) {
            case NONE -> {
                // Found, but not counted.
            }
            case MANY -> {
                String list = String.join(LIST, new TreeSet<>(words(value)));
                if (!list.isEmpty() && list.length() <= LONGEST_LIST) {
                    // There are few different lists: one value for the whole list takes less than one for each element.
                    out.add(new SortedDocValuesField(column(field), new BytesRef(list)));
                }
            }
            case ONE -> {
                if (field.kind() == Schema.Kind.TIME) {
                    Stamp stamp = value instanceof String s ? Stamp.parse(s) : null;
                    if (stamp != null) {
                        out.add(NumericDocValuesField.indexedField(column(field), stamp.micros()));
                        packing.time(stamp);
                    }
                } else if (field.kind() == Schema.Kind.LONG) {
                    if (value instanceof Long || value instanceof Integer) {
                        // Processes and places in a log come one after another: a search passes over whole stretches of the index.
                        out.add(NumericDocValuesField.indexedField(column(field), ((Number) value).longValue()));
                        packing.column(field, value.toString());
                    }
                } else if (value instanceof String text) {
                    byte[] address = field.kind() == Schema.Kind.IP ? Address.parse(text) : null;
                    String kept = address == null ? shortened(text) : Address.format(address);
                    if (address != null || field.kind() != Schema.Kind.IP) {
                        out.add(new SortedDocValuesField(column(field), address == null ? new BytesRef(kept) : new BytesRef(address)));
                        packing.column(field, kept);
                    }
                }
            }
        }
    }

    /** The words of a value: itself, its elements, or the causes of a list of candidates. */
    private static List<String> words(Object value) {
        if (value instanceof String s) {
            return List.of(s);
        }
        List<String> out = new ArrayList<>();
        if (value instanceof Iterable<?> list) {
            for (Object o : list) {
                if (o instanceof String s) {
                    out.add(s);
                } else if (o instanceof Map<?, ?> map && map.get("cause") instanceof String s) {
                    out.add(s);
                }
            }
        }
        return out;
    }

    private void store(Document out, Packing packing, Map<String, Object> map) {
        if (!"incident".equals(map.get(Schema.TYPE.key()))) {
            Map<String, Object> diagnosis = new LinkedHashMap<>();
            Map<String, Object> other = new LinkedHashMap<>();
            map.forEach((k, v) -> {
                boolean apart = k.startsWith(HERE);
                (apart ? diagnosis : other).put(k, v);
                if (apart) {
                    other.put(HERE, 0);
                }
            });
            byte[] frame = json(packing, other);
            byte[] second = diagnosis.isEmpty() ? new byte[0] : json(packing, diagnosis);
            if (frame.length <= LONGEST_FRAME && second.length <= LONGEST_FRAME) {
                out.add(new SortedDocValuesField(FRAME, new BytesRef(frame)));
                if (second.length > 0) {
                    out.add(new SortedDocValuesField(DIAGNOSIS, new BytesRef(second)));
                }
                out.add(new BinaryDocValuesField(REST, new BytesRef(packing.holes())));
                return;
            }
        }
        out.add(new BinaryDocValuesField(REST, new BytesRef(deflated(Json.write(map)))));
    }

    private byte[] json(Packing packing, Map<String, Object> map) {
        json.setLength(0);
        packing.cut(json, map);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] deflated(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length / 2 + 16);
        boolean worth = text.length > WORTH_DEFLATING;
        bytes.write(worth ? DEFLATED : PLAIN);
        if (!worth) {
            bytes.writeBytes(text);
            return bytes.toByteArray();
        }
        deflater.reset();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(text);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** A word as a whole, given as it is indexed: Lucene need not make a stream of it. */
    private static final class Word extends Field {
        Word(String name, BytesRef word) {
            super(name, word, WORDS);
        }

        @Override
        public InvertableType invertableType() {
            return InvertableType.BINARY;
        }
    }

    /** An address given as bytes: {@code InetAddressPoint} itself wants an {@code InetAddress}. */
    private static final class Point extends Field {
        private static final FieldType TYPE = new FieldType();

        static {
            TYPE.setDimensions(1, InetAddressPoint.BYTES);
            TYPE.freeze();
        }

        Point(String name, byte[] address) {
            super(name, new BytesRef(address), TYPE);
        }
    }
}
