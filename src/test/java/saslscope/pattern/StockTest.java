package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import saslscope.definition.Block;
import saslscope.definition.BlockFile;
import saslscope.definition.Problem;
import saslscope.definition.Problems;

/** The stock names: each takes what its name says, and runs as segments. */
class StockTest {
    private static final Map<String, Node> STOCK = new TreeMap<>();

    @BeforeAll
    static void load() {
        Problems problems = new Problems();
        List<Definition> definitions = BlockFile.read(Path.of("patterns/stock.grok"), problems).stream()
            .map((Block b) -> new DefinitionReader(problems).read(b).orElseThrow()).toList();
        Bank bank = new Bank(definitions, problems);
        definitions.forEach(d -> STOCK.put(d.id(), bank.resolve(d)));
        assertEquals(List.of(), problems.list().stream().map(Problem::render).toList());
    }

    @Test
    void everyStockPatternIsCompiledToSegments() {
        List<String> slow = STOCK.entrySet().stream().filter(e -> SegmentMatcher.compile(e.getValue()).isEmpty())
            .map(Map.Entry::getKey).toList();
        assertEquals(List.of(), slow);
    }

    @Test
    void theUsualNamesAreThere() {
        List<String> usual = List.of(("USERNAME USER EMAILLOCALPART EMAILADDRESS INT BASE10NUM NUMBER BASE16NUM BASE16FLOAT POSINT NONNEGINT WORD "
            + "NOTSPACE SPACE DATA GREEDYDATA QUOTEDSTRING QS UUID URN MAC CISCOMAC WINDOWSMAC COMMONMAC IPV6 IPV4 IP HOSTNAME HOST IPORHOST HOSTPORT "
            + "PATH UNIXPATH TTY WINPATH URIPROTO URIHOST URIPATH URIQUERY URIPARAM URIPATHPARAM URI MONTH MONTHNUM MONTHNUM2 MONTHDAY DAY YEAR HOUR "
            + "MINUTE SECOND TIME DATE_US DATE_EU ISO8601_TIMEZONE ISO8601_SECOND TIMESTAMP_ISO8601 DATE DATESTAMP TZ DATESTAMP_RFC822 "
            + "DATESTAMP_RFC2822 DATESTAMP_OTHER DATESTAMP_EVENTLOG SYSLOGTIMESTAMP PROG SYSLOGPROG SYSLOGHOST SYSLOGFACILITY HTTPDATE "
            + "SYSLOGBASE COMMONAPACHELOG COMBINEDAPACHELOG HTTPD_COMMONLOG HTTPD_COMBINEDLOG HTTPD_ERRORLOG LOGLEVEL HTTPDUSER HTTPDERROR_DATE "
            + "CRONLOG SYSLOGLINE SYSLOG5424LINE JAVACLASS JAVAFILE JAVASTACKTRACEPART").split(" "));
        assertEquals(List.of(), usual.stream().filter(n -> !STOCK.containsKey(n)).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "USER|alice.b-c", "EMAILADDRESS|a.b+c@mail.example.com", "INT|-12", "NUMBER|12.5", "NUMBER|-.5", "BASE16NUM|0xAF", "POSINT|12", "WORD|alice",
        "NONNEGINT|0", "QS|\"a \\\" b\"", "QS|'it'", "UUID|123e4567-e89b-12d3-a456-426614174000", "URN|urn:isbn:0451450523", "MAC|00:1A:2b:3c:4d:5e",
        "MAC|001a.2b3c.4d5e", "MAC|00-1A-2b-3c-4d-5e", "IPV4|192.0.2.255", "IPV6|2001:db8::7", "IPV6|::1", "IPV6|::", "IPV6|fe80::1%eth0",
        "IPV6|1:2:3:4:5:6:7:8", "IPV6|::ffff:192.0.2.7", "IPV6|2001:db8:1:2:3:4:192.0.2.7", "IP|10.0.0.1", "HOSTNAME|mail.example.com", "HOSTNAME|localhost",
        "HOSTPORT|mail.example.com:25", "PATH|/var/log/mail.log", "PATH|C:\\Windows\\a", "TTY|/dev/pts/3", "URI|https://u:p@example.com:8080/a/b?c=d&e",
        "MONTH|Nov", "MONTH|November", "MONTHNUM|09", "MONTHDAY|31", "MONTHDAY|5", "DAY|Tue", "YEAR|2026", "HOUR|23", "MINUTE|59", "SECOND|60",
        "SECOND|59.123", "TIME|23:59:59", "DATE_US|11/22/2026", "DATE_EU|22.11.2026", "TIMESTAMP_ISO8601|2026-11-22T10:00:00.123456+01:00",
        "TIMESTAMP_ISO8601|2026-11-22 10:00:00Z", "DATESTAMP_RFC2822|Sun, 22 Nov 2026 10:00:00 +0100", "SYSLOGTIMESTAMP|Nov  2 16:50:13",
        "SYSLOGPROG|postfix/smtpd[123]", "SYSLOGFACILITY|<22.6>", "HTTPDATE|22/Nov/2026:10:00:00 +0100", "LOGLEVEL|WARNING", "LOGLEVEL|info",
        "SYSLOGBASE|Nov 22 16:50:13 mail postfix/smtpd[5127]:", "CRONLOG|Nov 22 16:50:13 mail CRON[5]: (root) CMD (run-parts)",
        "COMBINEDAPACHELOG|192.0.2.1 - frank [10/Oct/2026:13:55:36 -0700] \"GET /a.gif HTTP/1.0\" 200 2326 \"http://example.com/\" \"Mozilla/4.08\"",
        "SYSLOG5424LINE|<22>1 2026-11-22T10:00:00Z mail postfix 123 - - connect from unknown[192.0.2.1]",
        "JAVASTACKTRACEPART|~ at a.b.C$D.run(C.java:12)~"})
    void takesTheWhole(String name, String text) {
        assertTrue(whole(name, text), name + " should take all of " + text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"IPV4|192.0.2.256", "IPV4|1.2.3", "IPV6|1:2:3", "IPV6|1::2::3", "IPV6|1:2:3:4:5:6:7:8:9", "MONTH|Nob",
        "HOUR|24", "MONTHDAY|32", "POSINT|0", "MAC|00:1A:2b:3c:4d", "UUID|123e4567-e89b-12d3-a456-42661417400", "INT|12a", "WORD|a b", "NOTSPACE|a b"})
    void doesNotTakeTheWhole(String name, String text) {
        assertTrue(!whole(name, text), name + " should not take all of " + text);
    }

    private static boolean whole(String name, String text) {
        Node node = new Node.Seq(List.of(new Node.Edge(Node.Edge.Kind.START), STOCK.get(name), new Node.Edge(Node.Edge.Kind.END)));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Run run = new Run(bytes, 0, bytes.length);
        run.reset(Nodes.captures(node));
        return SegmentMatcher.compile(node).orElseThrow().find(run);
    }
}
