package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saslscope.definition.DefinitionException;

class PatternSetTest {
    private static final String GROK = """
        ADDR [0-9a-fA-F:.]+
        FAILED  ^warning: [^\\[]+\\[%{ADDR:client.address}\\]: SASL (?<mechanism>\\S+) failed: (?<reason>.*?)(?:, sasl_username=(?<user>.*))?$
          program  postfix*/smtpd
          event    auth-failed
          from     made up
          sample   warning: a[192.0.2.7]: SASL PLAIN failed: no, sasl_username=x, sasl_username=warning: y
            client.address 192.0.2.7
            mechanism PLAIN
            reason no
            user x, sasl_username=warning: y

        NOISE  ^warning: SASL is fine$
          program  postfix*/smtpd
          event    ignored
          from     made up
          sample   warning: SASL is fine

        SAYS  ^said (?<secret>\\S+) to (?<server.name>\\S+)$
          program  postfix*/smtp
          event    trace
          from     made up
          sample   said hunter2 to relay
            server.name relay

        WORDS  SASL|sasl
          about    authentication
          program  postfix*

        DAEMON  ^
          about    authentication
          program  saslauthd
        """;
    private static final String FAILED = "warning: unknown[192.0.2.7]: SASL PLAIN failed: no, sasl_username=alice";

    @TempDir
    private Path folder;

    private PatternSet set() throws IOException, DefinitionException {
        return Patterns.of(folder, GROK);
    }

    @Test
    void aMatchHasItsFieldsInTheOrderOfThePattern() throws Exception {
        Match match = assertInstanceOf(Match.class, set().recognise(Patterns.record("postfix/smtpd", FAILED)));
        assertEquals("FAILED", match.pattern());
        assertEquals(EventKind.AUTH_FAILED, match.event());
        assertEquals("{client.address=192.0.2.7, mechanism=PLAIN, reason=no, user=alice}", match.fields().toString());
        assertEquals(FAILED, match.text());
        assertThrows(UnsupportedOperationException.class, () -> match.fields().put("user", "mallory"));
    }

    @Test
    void theTagDecidesWhichPatternsAreAsked() throws Exception {
        PatternSet set = set();
        for (String tag : List.of("postfix/smtpd", "postfix-in/smtpd", "postfix/submission/smtpd", "postfix", "smtpd")) {
            assertInstanceOf(Match.class, set.recognise(Patterns.record(tag, FAILED)), tag);
        }
        assertInstanceOf(Recognition.Unrecognised.class, set.recognise(Patterns.record("postfix/smtp", FAILED)));
        assertInstanceOf(Recognition.Irrelevant.class, set.recognise(Patterns.record("exim", FAILED)));
    }

    @Test
    void knownNoiseIsIrrelevantAndUnknownWordsAreNot() throws Exception {
        PatternSet set = set();
        assertInstanceOf(Recognition.Irrelevant.class, set.recognise(Patterns.record("postfix/smtpd", "warning: SASL is fine")));
        assertInstanceOf(Recognition.Unrecognised.class, set.recognise(Patterns.record("postfix/smtpd", "warning: SASL is ill")));
        assertInstanceOf(Recognition.Irrelevant.class, set.recognise(Patterns.record("postfix/smtpd", "connect from nowhere")));
        assertInstanceOf(Recognition.Unrecognised.class, set.recognise(Patterns.record("saslauthd", "anything")));
    }

    @Test
    void secretsAreMaskedEverywhere() throws Exception {
        PatternSet set = set();
        Match match = assertInstanceOf(Match.class, set.recognise(Patterns.record("postfix/smtp", "said hunter2 to relay")));
        assertEquals("said [secret] to relay", match.text());
        assertEquals(Map.of("server.name", "relay"), match.fields());
        Match inField = assertInstanceOf(Match.class, set.recognise(Patterns.record("postfix/smtpd", "warning: a[192.0.2.7]: SASL PLAIN failed: password=hunter2 refused")));
        assertEquals("password=[secret] refused", inField.fields().get("reason"));
        var unknown = assertInstanceOf(Recognition.Unrecognised.class, set.recognise(Patterns.record("postfix/smtpd", "SASL password=hunter2")));
        assertEquals("SASL password=[secret]", unknown.text());
    }

    @Test
    void anyBytesAreSurvivedAndDecoded() throws Exception {
        byte[] junk = (FAILED + "\u00ff\u0000\u0085").getBytes(StandardCharsets.ISO_8859_1);
        Match match = assertInstanceOf(Match.class, set().recognise(Patterns.record("postfix/smtpd", junk)));
        assertEquals("alice\uFFFD\u0000\uFFFD", match.fields().get("user"));
        Match utf8 = assertInstanceOf(Match.class, set().recognise(Patterns.record("postfix/smtpd", FAILED + " Zoë")));
        assertEquals("alice Zoë", utf8.fields().get("user"));
        assertInstanceOf(Recognition.Irrelevant.class, set().recognise(Patterns.record("postfix/smtpd", "")));
    }

    @Test
    void aLaterFolderReplacesPatternsOfTheSameName() throws Exception {
        set();
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.writeString(own.resolve("mine.grok"), """
            NOISE  ^warning: SASL is (?<detail>ill|fine)$
              program  postfix*/smtpd
              event    auth-detail
              from     made up
              sample   warning: SASL is ill
                detail ill
            """);
        PatternSet set = PatternSet.load(List.of(folder, own));
        assertInstanceOf(Match.class, set.recognise(Patterns.record("postfix/smtpd", "warning: SASL is fine")));
        assertTrue(set.pattern("NOISE").orElseThrow().at().toString().endsWith("mine.grok:1:1"));
    }

    @Test
    void aReplacedBuildingBlockMustKeepTheSamplesOfOthers() throws Exception {
        set();
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.writeString(own.resolve("mine.grok"), "ADDR [0-9]+\n");
        DefinitionException e = assertThrows(DefinitionException.class, () -> PatternSet.load(List.of(folder, own)));
        assertTrue(e.getMessage().contains("the pattern FAILED does not match its sample"), e.getMessage());
    }

    @Test
    void aPlainGrokFileLoadsAsItIs() throws Exception {
        PatternSet set = PatternSet.load(List.of(Path.of("patterns"), Path.of("src/test/resources/saslscope/pattern/plain")));
        assertEquals(PatternInfo.Matcher.NONE, set.pattern("BIND9").orElseThrow().matcher());
    }

    @Test
    void explainsWhichPatternMatched() throws Exception {
        Explanation e = set().explain("postfix/smtpd", FAILED);
        assertEquals("FAILED", e.matched().orElseThrow().pattern().name());
        assertEquals("alice", e.matched().orElseThrow().fields().get("user"));
    }

    @Test
    void explainsHowFarTheNearestPatternsGot() throws Exception {
        String message = "warning: unknown[192.0.2.7]; SASL PLAIN password=x";
        Explanation e = set().explain("", message);
        assertTrue(e.matched().isEmpty());
        assertTrue(e.about());
        Explanation.Near near = e.nearest().getFirst();
        assertEquals("FAILED", near.pattern().name());
        assertEquals(message.indexOf(';'), near.stopped());
        assertEquals("\\]: SASL ", near.wanted());
        assertEquals("warning: unknown[192.0.2.7]; SASL PLAIN password=[secret]", e.text());
    }

    @Test
    void aPatternThatRunsTooLongIsStoppedAndCounted() throws Exception {
        PatternSet set = Patterns.of(folder, """
            SLOW  ^SASL (?:a+)+(?:a+)+(?:a+)+b$
              program  x
              event    trace
              from     made up
              sample   SASL aaab
            SLOWER  ^sasl (?:(?:a|b?)*)*(?:a|b?)*(?:a|b?)*c$
              program  x
              event    trace
              from     made up
              sample   sasl abac
            WORDS  (?i:sasl)
              about authentication
            """);
        assertEquals(List.of(), set.check());
        assertEquals(PatternInfo.Matcher.REGEX, set.pattern("SLOWER").orElseThrow().matcher());
        assertInstanceOf(Recognition.Unrecognised.class, set.recognise(Patterns.record("x", "SASL " + "a".repeat(2000))));
        assertInstanceOf(Recognition.Unrecognised.class, set.recognise(Patterns.record("x", "sasl " + "ab".repeat(8000) + "d")));
        assertEquals(Map.of("SLOW", 1L, "SLOWER", 1L), set.stopped());
    }

    @Test
    void needlesFollowFromThePatternsAndMayComeFromTheTag() throws Exception {
        List<String> needles = set().needles().stream().map(Literals::string).toList();
        assertTrue(needles.contains("message repeated ") && needles.stream().anyMatch("saslauthd"::contains), needles.toString());
        assertTrue(needles.stream().anyMatch(FAILED::contains));
        assertTrue(needles.stream().noneMatch("postfix/smtpd[1]: connect from unknown[192.0.2.1]"::contains), needles.toString());
        Path own = Files.createDirectory(folder.resolve("own"));
        assertEquals(List.of(), Patterns.of(own, "ANY ^(?<count>\\d+)$\n  program x*\n  event trace\n  from made up\n  sample 1\n    count 1\n").needles());
    }
}
