package saslscope.index;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;
import saslscope.bounded.BoundedMap;

/** Puts the documents of one segment together again: the counterpart of {@link Documents}. Ask in ascending order. */
final class StoredDocuments {
    private static final int FRAMES_KEPT = 512;

    private final Map<Schema, SortedDocValues> words = new EnumMap<>(Schema.class);
    private final Map<Schema, NumericDocValues> numbers = new EnumMap<>(Schema.class);
    private final NumericDocValues time;
    private final BinaryDocValues rest;
    private final Frames frames;
    private final Frames diagnoses;

    StoredDocuments(LeafReader leaf) throws IOException {
        for (Schema field : Schema.values()) {
            String column = Documents.column(field);
            if (field.column() == Schema.Column.ONE && field != Schema.TIME && leaf.getFieldInfos().fieldInfo(column) != null) {
                if (field.kind() == Schema.Kind.LONG) {
                    numbers.put(field, DocValues.getNumeric(leaf, column));
                } else {
                    words.put(field, DocValues.getSorted(leaf, column));
                }
            }
        }
        time = DocValues.getNumeric(leaf, Documents.column(Schema.TIME));
        rest = DocValues.getBinary(leaf, Documents.REST);
        frames = new Frames(DocValues.getSorted(leaf, Documents.FRAME));
        diagnoses = new Frames(DocValues.getSorted(leaf, Documents.DIAGNOSIS));
    }

    Map<String, Object> read(int doc) throws IOException {
        if (!rest.advanceExact(doc)) {
            throw new IOException("a document has no content");
        }
        BytesRef bytes = rest.binaryValue();
        byte[] holes = Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
        Map<String, Object> frame = frames.of(doc);
        if (frame == null) {
            return Json.read(inflated(holes));
        }
        long micros = time.advanceExact(doc) ? time.longValue() : 0;
        Filling filling = new Filling(holes, micros, field -> column(field, doc));
        Map<String, Object> map = filling.fill(frame);
        Map<String, Object> diagnosis = diagnoses.of(doc);
        if (diagnosis == null) {
            return map;
        }
        Map<String, Object> second = filling.fill(diagnosis);
        Map<String, Object> out = LinkedHashMap.newLinkedHashMap(map.size() + second.size());
        map.forEach((k, v) -> {
            if (k.equals(Documents.HERE)) {
                out.putAll(second);
            } else {
                out.put(k, v);
            }
        });
        return out;
    }

    /** What the column of a field holds for a document; null if nothing. */
    private Object column(Schema field, int doc) {
        try {
            NumericDocValues number = numbers.get(field);
            if (number != null) {
                return number.advanceExact(doc) ? number.longValue() : null;
            }
            SortedDocValues word = words.get(field);
            return word != null && word.advanceExact(doc) ? text(field, word.lookupOrd(word.ordValue())) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Schema field, BytesRef value) {
        if (field.kind() == Schema.Kind.IP) {
            return Address.format(Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length));
        }
        return value.utf8ToString();
    }

    private static String inflated(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            throw new IOException("a stored document is empty");
        }
        ByteArrayInputStream in = new ByteArrayInputStream(bytes, 1, bytes.length - 1);
        byte[] text = bytes[0] == Documents.DEFLATED ? new InflaterInputStream(in).readAllBytes() : in.readAllBytes();
        return new String(text, StandardCharsets.UTF_8);
    }

    /** The few templates that many documents share, ready to be filled. */
    private static final class Frames {
        private final SortedDocValues values;
        private final Map<Integer, Map<String, Object>> known = BoundedMap.byUse(FRAMES_KEPT);

        Frames(SortedDocValues values) {
            this.values = values;
        }

        Map<String, Object> of(int doc) throws IOException {
            if (!values.advanceExact(doc)) {
                return null;
            }
            int ord = values.ordValue();
            Map<String, Object> templates = known.get(ord);
            if (templates == null) {
                templates = Filling.prepared(Json.read(values.lookupOrd(ord).utf8ToString()));
                known.put(ord, templates);
            }
            return templates;
        }
    }
}
