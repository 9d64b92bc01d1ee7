package saslscope.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Maps to compact JSON text and back. Integers come back as {@code Long}. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {
    }

    static String write(Object value) {
        StringBuilder out = new StringBuilder(512);
        write(out, value, Json::quote);
        return out.toString();
    }

    /** Writes text between quotes, escaped where JSON demands it. */
    static void quote(StringBuilder out, String text) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    /** Writes a value; keys and texts by {@code quote}. */
    static void write(StringBuilder out, Object value, BiConsumer<StringBuilder, String> quote) {
        switch (value) {
            case null -> out.append("null");
            case String s -> quote.accept(out, s);
            case Integer n -> out.append(n.intValue());
            case Long n -> out.append(n.longValue());
            case Number n when Double.isFinite(n.doubleValue()) -> out.append(n.doubleValue());
            case Boolean b -> out.append(b.booleanValue());
            case Map<?, ?> map -> {
                out.append('{');
                char before = 0;
                for (Map.Entry<?, ?> e : map.entrySet()) {
                    if (before != 0) {
                        out.append(before);
                    }
                    before = ',';
                    quote.accept(out, e.getKey().toString());
                    write(out.append(':'), e.getValue(), quote);
                }
                out.append('}');
            }
            case Iterable<?> list -> {
                out.append('[');
                char before = 0;
                for (Object o : list) {
                    if (before != 0) {
                        out.append(before);
                    }
                    before = ',';
                    write(out, o, quote);
                }
                out.append(']');
            }
            default -> quote.accept(out, value.toString());
        }
    }

    /**
     * Reads an object.
     *
     * @throws IOException if the text is none
     */
    static Map<String, Object> read(String text) throws IOException {
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                return object(json);
            }
            throw new IOException("not a JSON object");
        }
    }

    private static Map<String, Object> object(JsonParser json) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            json.nextToken();
            map.put(key, value(json));
        }
        return map;
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                yield list;
            }
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("unexpected " + json.currentToken());
        };
    }
}
