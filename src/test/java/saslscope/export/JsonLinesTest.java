package saslscope.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    @SafeVarargs
    private static String json(Map<String, ?>... documents) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonLines lines = new JsonLines(out)) {
            for (Map<String, ?> document : documents) {
                lines.write(document);
            }
        }
        return out.toString();
    }

    @Test
    void oneObjectALineInTheOrderOfTheKeys() throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("@timestamp", OffsetDateTime.parse("2026-11-22T16:50:00Z"));
        document.put("source.port", 25L);
        document.put("user.name", null);
        document.put("event.category", List.of("authentication"));
        document.put("diagnosis.candidates", List.of(Map.of("cause", "wrong-realm")));
        assertEquals("""
            {"@timestamp":"2026-11-22T16:50:00Z","source.port":25,"event.category":["authentication"],\
            "diagnosis.candidates":[{"cause":"wrong-realm"}]}
            {"a":true}
            """, json(document, Map.of("a", true)));
    }

    @Test
    void hostileTextParsesBackAndStaysOnItsLine() throws IOException {
        for (String hostile : Hostile.all(4)) {
            String text = json(Map.of("a", hostile));
            assertEquals(text.length() - 1, text.indexOf('\n'));
            assertFalse(text.stripTrailing().codePoints().anyMatch(Unseen::is), text);
            // Through UTF-8, as it will be read.
            try (JsonParser parser = new JsonFactory().createParser(text.getBytes(StandardCharsets.UTF_8))) {
                parser.nextToken();
                parser.nextToken();
                assertEquals(JsonToken.VALUE_STRING, parser.nextToken());
                assertEquals(wellFormed(hostile), parser.getText());
            }
        }
    }

    private static String wellFormed(String s) {
        return s.codePoints().map(c -> c >= 0xd800 && c <= 0xdfff ? 0xfffd : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
