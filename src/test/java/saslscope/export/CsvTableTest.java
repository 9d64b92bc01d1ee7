package saslscope.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class CsvTableTest {
    @SafeVarargs
    private static String csv(List<String> keys, Map<String, ?>... documents) throws IOException {
        StringWriter out = new StringWriter();
        try (CsvTable table = new CsvTable(out, keys)) {
            for (Map<String, ?> document : documents) {
                table.write(document);
            }
        }
        return out.toString();
    }

    @Test
    void headerAndRowsEndWithCarriageReturnAndLineFeed() throws IOException {
        assertEquals("a,b\r\n1,x\r\n2,\r\n", csv(List.of("a", "b"), Map.of("a", 1L, "b", "x"), Map.of("a", 2L)));
    }

    @Test
    void incidentColumnsAreThoseOfTheContract() {
        assertEquals("incident_id,state,severity,cause,certainty,title,first_seen,last_seen,attempts,failures,successes,"
            + "users,user_count,client_ips,client_ip_count,realms,mechanisms,services,hosts,evidence,check,remedy,sample_line",
            String.join(",", Shape.INCIDENTS.columns()));
    }

    @Test
    void timesCarrySecondsAndOffset() throws IOException {
        OffsetDateTime time = OffsetDateTime.parse("2026-11-22T16:50:00+01:00");
        assertEquals("t\r\n2026-11-22T16:50:00+01:00\r\n", csv(List.of("t"), Map.of("t", time)));
    }

    @Test
    void formulasAreDefusedAlsoInEveryPartOfAList() {
        for (String start : List.of("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20", " =")) {
            assertTrue(Cell.of(start + "1").startsWith("'"), start);
            assertTrue(Cell.of(List.of("x", start + "1")).startsWith("x;'"), start);
        }
        assertEquals("alice", Cell.of("alice"));
        assertEquals("-5", Cell.of(-5L), "a number is no formula");
    }

    @Test
    void listsComeApartAgain() {
        for (String a : Hostile.all(1)) {
            for (String b : List.of("x", "a;b", "\\", "\\;", "=1")) {
                assertEquals(List.of(Cell.defused(a), Cell.defused(b)), split(Cell.of(List.of(a, b))));
            }
        }
    }

    private static List<String> split(String joined) {
        List<String> parts = new ArrayList<>(List.of(""));
        for (int i = 0; i < joined.length(); i++) {
            char c = joined.charAt(i);
            if (c == ';') {
                parts.add("");
            } else {
                char literal = c == '\\' ? joined.charAt(++i) : c;
                parts.set(parts.size() - 1, parts.getLast() + literal);
            }
        }
        return parts;
    }

    @Test
    void whatIsWrittenCanBeReadBack() throws IOException {
        List<String> keys = List.of("a", "b", "c");
        for (String hostile : Hostile.all(2)) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("a", hostile);
            document.put("b", List.of(hostile, hostile));
            document.put("c", "end");
            String text = csv(keys, document);
            List<CSVRecord> rows = CSVFormat.RFC4180.parse(new StringReader(text)).getRecords();
            assertEquals(2, rows.size(), () -> "rows of " + text);
            assertEquals(List.of(Cell.of(hostile), Cell.of(List.of(hostile, hostile)), "end"), rows.get(1).toList());
        }
    }

    @Test
    void nothingThatATerminalObeysComesOut() throws IOException {
        for (String hostile : Hostile.all(3)) {
            String body = csv(List.of("a"), Map.of("a", hostile)).replace("\r\n", "");
            assertFalse(body.codePoints().anyMatch(Unseen::is), () -> Arrays.toString(body.toCharArray()));
        }
    }
}
