package saslscope.export;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.Map;

/** One JSON object a line (RFC 8259), in the order of the document's keys. */
public final class JsonLines implements DocumentWriter {
    private final Writer out;
    private final JsonGenerator json;

    /** Writes to {@code out}, which the caller closes. */
    public JsonLines(Writer out) throws IOException {
        this.out = out;
        this.json = new JsonFactoryBuilder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .rootValueSeparator("")
            .build()
            .createGenerator(out);
    }

    @Override
    public void write(Map<String, ?> document) throws IOException {
        object(document);
        json.writeRaw('\n');
    }

    private void object(Map<?, ?> map) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> e : map.entrySet()) {
            if (e.getValue() != null) {
                json.writeFieldName(e.getKey().toString());
                value(e.getValue());
            }
        }
        json.writeEndObject();
    }

    private void value(Object value) throws IOException {
        switch (value) {
            case Map<?, ?> map -> object(map);
            case Collection<?> list -> {
                json.writeStartArray();
                for (Object element : list) {
                    value(element);
                }
                json.writeEndArray();
            }
            case Long n -> json.writeNumber(n);
            case Integer n -> json.writeNumber(n);
            case Boolean b -> json.writeBoolean(b);
            default -> json.writeRawValue(quoted(Cell.plain(value)));
        }
    }

    /**
     * A JSON string. Characters that a terminal or an editor would act on are escaped as well, so that a line may be
     * looked at as it is; half a surrogate pair, which not every parser takes, becomes U+FFFD.
     */
    static String quoted(String text) {
        StringBuilder s = new StringBuilder(text.length() + 2).append('"');
        int plain = plain(text);
        s.append(text, 0, plain);
        for (int i = plain; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '"' -> s.append("\\\"");
                case '\\' -> s.append("\\\\");
                case '\n' -> s.append("\\n");
                case '\r' -> s.append("\\r");
                case '\t' -> s.append("\\t");
                default -> {
                    if (c >= 0xd800 && c <= 0xdfff) {
                        s.append("\\ufffd");
                    } else if (Unseen.is(c)) {
                        Unseen.escape(s, c);
                    } else {
                        s.appendCodePoint(c);
                    }
                }
            }
        }
        return s.append('"').toString();
    }

    /** How many characters at the beginning stand for themselves; nearly always all. */
    private static int plain(String text) {
        int n = 0;
        while (n < text.length()) {
            char c = text.charAt(n);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                break;
            }
            n++;
        }
        return n;
    }

    @Override
    public void flush() throws IOException {
        json.flush();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        json.close();
        out.flush();
    }
}
