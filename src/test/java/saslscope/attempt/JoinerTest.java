package saslscope.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static saslscope.attempt.Scene.ALICE;
import static saslscope.attempt.Scene.AUTHLOG;
import static saslscope.attempt.Scene.MAILLOG;
import static saslscope.attempt.Scene.MALLORY;
import static saslscope.attempt.Scene.patterns;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;

class JoinerTest {
    private final Scene scene = new Scene();

    @Test
    void helperLinesBelongToTheNextVerdictOfTheirProcess() {
        List<Attempt> out = scene.connect(1, ALICE).connect(2, MALLORY).helper(1, "A").helper(2, "B").helper(1, "C")
            .rejected(2, MALLORY, "PLAIN", "root").rejected(1, ALICE, "PLAIN", "alice@example.com").end();
        assertEquals(List.of("B", "SMTPD_SASL_AUTH_FAILED"), patterns(out.get(0)));
        assertEquals(List.of("A", "C", "SMTPD_SASL_AUTH_FAILED"), patterns(out.get(1)));
        assertEquals("alice", out.get(1).user());
        assertEquals("example.com", out.get(1).realm());
        assertEquals("192.0.2.7", out.get(1).client().address());
    }

    @Test
    void eachVerdictOfASessionIsAnAttemptAndOnlyItsOwnHelpersBelongToIt() {
        List<Attempt> out = scene.connect(1, ALICE).helper(1, "A").rejected(1, ALICE, "PLAIN", "a").helper(1, "B")
            .rejected(1, ALICE, "CRAM-MD5", "a").disconnect(1, ALICE, 0, 2).end();
        assertEquals(2, out.size());
        assertEquals(List.of("A", "SMTPD_SASL_AUTH_FAILED"), patterns(out.get(0)));
        assertEquals("B", patterns(out.get(1)).getFirst());
    }

    @Test
    void helpersOfAnEarlierClientAreNotEvidence() {
        List<Attempt> out = scene.connect(1, MALLORY).helper(1, "STALE").connect(1, ALICE).rejected(1, ALICE, "LOGIN", "a").end();
        assertEquals(List.of("SMTPD_SASL_AUTH_FAILED"), patterns(out.getFirst()));
    }

    @Test
    void oneLoginWithManyMessagesIsOneSuccess() {
        List<Attempt> out = scene.connect(1, ALICE).accepted(1, ALICE, "alice").accepted(1, ALICE, "alice")
            .disconnect(1, ALICE, 1, 1).end();
        assertEquals(List.of(Outcome.SUCCESS), out.stream().map(Attempt::outcome).toList());
    }

    @Test
    void aLoginWithoutMessageIsSeenByItsCounter() {
        List<Attempt> out = scene.connect(1, ALICE).disconnect(1, ALICE, 1, 1).end();
        assertEquals(1, out.size());
        assertEquals(Outcome.SUCCESS, out.getFirst().outcome());
        assertEquals(null, out.getFirst().login());
    }

    @Test
    void dovecotsDebugLinesNameALoginThatNoMessageFollowed() {
        Scene s = new Scene().at(1).connect(5, Scene.ALICE).request("1", "CRAM-MD5", "192.0.2.7").answer("OK", "1", "alice");
        Attempt a = s.disconnect(5, Scene.ALICE, 1, 1).end().getFirst();
        assertEquals("CRAM-MD5 alice", a.mechanism() + " " + a.login());
        assertEquals(1, a.grounds().size());
    }

    @Test
    void dovecotsDebugLinesOfAnotherClientOrSessionOrInDoubtAreNotJoined() {
        Scene other = new Scene().at(1).connect(5, Scene.ALICE).request("1", "PLAIN", "198.51.100.9").answer("OK", "1", "bob");
        assertNull(other.disconnect(5, Scene.ALICE, 1, 1).end().getFirst().login());
        Scene before = new Scene().at(1).request("1", "PLAIN", "192.0.2.7").answer("OK", "1", "bob").connect(5, Scene.ALICE);
        assertNull(before.disconnect(5, Scene.ALICE, 1, 1).end().getFirst().login());
        Scene twice = new Scene().at(1).connect(5, Scene.ALICE).connect(6, Scene.ALICE).request("1", "PLAIN", "192.0.2.7").answer("OK", "1", "bob")
            .request("2", "PLAIN", "192.0.2.7").answer("OK", "2", "carol");
        assertNull(twice.disconnect(5, Scene.ALICE, 1, 1).end().getFirst().login());
        Scene number = new Scene().at(1).connect(5, Scene.ALICE).connect(6, Scene.MALLORY).request("1", "PLAIN", "192.0.2.7")
            .request("1", "PLAIN", "198.51.100.9").answer("OK", "1", "mallory");
        assertNull(number.disconnect(5, Scene.ALICE, 1, 1).end().getFirst().login());
        Scene refused = new Scene().at(1).connect(5, Scene.ALICE).request("1", "PLAIN", "192.0.2.7").answer("FAIL", "1", "bob");
        assertNull(refused.disconnect(5, Scene.ALICE, 1, 1).end().getFirst().login());
    }

    @Test
    void aCounterThatNoLineExplainsIsASilentFailure() {
        List<Attempt> out = scene.connect(1, ALICE).rejected(1, ALICE, "PLAIN", "a").disconnect(1, ALICE, 0, 3).end();
        assertEquals(List.of(Ending.REJECTED, Ending.SILENT, Ending.SILENT), out.stream().map(Attempt::ending).toList());
        assertEquals(3, out.stream().map(Attempt::id).distinct().count());
    }

    @Test
    void nothingIsInventedForASessionWhoseBeginIsMissing() {
        assertEquals(0, scene.disconnect(1, ALICE, 0, 1).end().size());
    }

    @Test
    void aLostConnectionCountsOnlyIfNoVerdictExplainsTheCounter() {
        List<Attempt> guessed = scene.connect(1, MALLORY).rejected(1, MALLORY, "LOGIN", "root").lost(1, MALLORY)
            .disconnect(1, MALLORY, 0, 1).end();
        assertEquals(1, guessed.size());
        assertEquals(List.of("SMTPD_SASL_AUTH_FAILED", "LOST", "DISCONNECT"), patterns(guessed.getFirst()));
        List<Attempt> gone = new Scene().connect(1, ALICE).lost(1, ALICE).disconnect(1, ALICE, 0, 1).end();
        assertEquals(List.of(Ending.LOST), gone.stream().map(Attempt::ending).toList());
    }

    @Test
    void withoutCountersALostConnectionCountsIfThereWasNoVerdict() {
        assertEquals(1, scene.connect(1, ALICE).lost(1, ALICE).disconnect(1, ALICE, -1, -1).end().size());
        assertEquals(1, new Scene().connect(1, ALICE).rejected(1, ALICE, "LOGIN", "a").lost(1, ALICE)
            .disconnect(1, ALICE, -1, -1).end().size());
    }

    @Test
    void aSessionThatNeverEndsIsFinishedAtTheEndOfInput() {
        assertEquals(List.of(Ending.LOST), scene.connect(1, ALICE).lost(1, ALICE).end().stream().map(Attempt::ending).toList());
    }

    @Test
    void aSessionIsGivenUpAfterAnHourOfLogTime() {
        scene.connect(1, ALICE).lost(1, ALICE).at(3_700).connect(2, MALLORY).at(3_710).connect(3, MALLORY);
        assertEquals(1, scene.out.size());
        assertEquals(List.of(2, 0, 0, 0), List.copyOf(scene.joiner.sizes()));
    }

    @Test
    void aRepeatedVerdictIsAsManyAttempts() {
        scene.joiner.event(new AuthEvent.Rejected(
            scene.origin(MAILLOG, "postfix/smtpd", 1, "SMTPD_SASL_AUTH_FAILED", "", Map.of(), 5), ALICE, "LOGIN", "no", "a"));
        List<Attempt> out = scene.end();
        assertEquals(5, out.size());
        assertEquals(5, out.stream().map(Attempt::id).distinct().count());
    }

    @Test
    void saslauthdsAnswerIsJoinedBySameUserNearInTimeAndTheGroundIsStated() {
        List<Attempt> out = scene.connect(1, ALICE).pam(50, "alice").saslauthd(MAILLOG, 50, "alice", "example.com")
            .rejected(1, ALICE, "PLAIN", "alice@example.com").end();
        assertEquals(List.of("PAM_UNIX_AUTH_FAILURE", "SASLAUTHD_AUTH_FAILURE", "SMTPD_SASL_AUTH_FAILED"), patterns(out.getFirst()));
        assertTrue(out.getFirst().grounds().getFirst().contains("same user"), out.getFirst().grounds()::toString);
    }

    @Test
    void aLineThatComesAfterItsAttemptWasHandedOutIsJoinedAndTheAttemptHandedOutAgain() {
        scene.at(100).connect(1, ALICE).rejected(1, ALICE, "PLAIN", "alice@example.com");
        scene.joiner.tick();
        scene.joiner.tick();
        assertEquals(1, scene.out.size());
        scene.at(100.5).saslauthd(AUTHLOG, 50, "alice", "example.com").saslauthd(AUTHLOG, 50, "alice", "example.com");
        assertEquals(1, scene.again.size());
        Attempt better = scene.again.getFirst();
        assertEquals(scene.out.getFirst().id(), better.id());
        assertEquals(List.of("SMTPD_SASL_AUTH_FAILED", "SASLAUTHD_AUTH_FAILURE"), patterns(better));
        assertEquals(List.of("saslauthd's answer joined: same host, same user, within the same second"), better.grounds());
        assertEquals(1, scene.end().size());
    }

    @Test
    void aLineTooLateForItsAttemptOrOfAnotherUserIsNotJoinedAfterwards() {
        scene.at(100).connect(1, ALICE).rejected(1, ALICE, "PLAIN", "alice@example.com");
        scene.joiner.settle();
        scene.at(100).saslauthd(AUTHLOG, 50, "bob", "example.com").at(102.5).saslauthd(AUTHLOG, 50, "alice", "example.com");
        assertEquals(List.of(), scene.again);
        // What was handed out is forgotten half a minute of log time later.
        scene.at(140).connect(2, MALLORY).at(100).saslauthd(AUTHLOG, 50, "alice", "example.com");
        assertEquals(List.of(), scene.again);
    }

    @Test
    void saslauthdsAnswerIsJoinedAlsoWhenItsLogIsReadLater() {
        List<Attempt> out = scene.connect(1, ALICE).rejected(1, ALICE, "LOGIN", "alice@example.com")
            .saslauthd(AUTHLOG, 50, "alice", "example.com").end();
        assertTrue(patterns(out.getFirst()).contains("SASLAUTHD_AUTH_FAILURE"));
    }

    @Test
    void anAnswerForAnotherUserRealmOrTimeIsNotJoined() {
        for (String[] other : List.of(new String[] {"bob", "example.com"}, new String[] {"alice", "example.org"})) {
            Scene s = new Scene();
            List<Attempt> out = s.saslauthd(MAILLOG, 50, other[0], other[1]).rejected(1, ALICE, "PLAIN", "alice@example.com").end();
            assertEquals(List.of("SMTPD_SASL_AUTH_FAILED"), patterns(out.getFirst()));
        }
        List<Attempt> late = scene.saslauthd(MAILLOG, 50, "alice", "example.com").at(60)
            .rejected(1, ALICE, "PLAIN", "alice@example.com").end();
        assertEquals(List.of("SMTPD_SASL_AUTH_FAILED"), patterns(late.getFirst()));
    }

    @Test
    void anAnswerIsUsedOnce() {
        List<Attempt> out = scene.saslauthd(MAILLOG, 50, "alice", "example.com").rejected(1, ALICE, "PLAIN", "alice@example.com")
            .rejected(2, ALICE, "PLAIN", "alice@example.com").end();
        assertEquals(2, patterns(out.get(0)).size());
        assertEquals(1, patterns(out.get(1)).size());
    }

    @Test
    void challengeMechanismsNeverAskSaslauthd() {
        List<Attempt> out = scene.saslauthd(MAILLOG, 50, "alice", "example.com").rejected(1, ALICE, "CRAM-MD5", "alice@example.com").end();
        assertEquals(1, patterns(out.getFirst()).size());
    }

    @Test
    void attemptsLeaveInTheOrderOfTheirOutcomesAndOnlyWhenNothingCanJoinThem() {
        scene.rejected(1, ALICE, "PLAIN", "a").at(1).rejected(2, ALICE, "PLAIN", "b");
        assertEquals(0, scene.out.size());
        scene.at(2.5).connect(9, ALICE);
        assertEquals(List.of("a"), scene.out.stream().map(Attempt::login).toList());
        scene.joiner.settle();
        assertEquals(List.of("a", "b"), scene.out.stream().map(Attempt::login).toList());
    }

    @Test
    void tablesAreBounded() {
        Scene s = new Scene(new JoinLimits(100, 8, 1 << 20, 1 << 30, 3_600_000_000L, 2_000_000L, 12_000_000L, 30_000_000L));
        for (int i = 0; i < 5_000; i++) {
            s.at(i * 0.0001).connect(i, ALICE).helper(i, "H").pam(i, "u" + i).saslauthd(MAILLOG, i, "u" + i, null);
        }
        assertTrue(s.joiner.sizes().stream().allMatch(n -> n <= 4_096), s.joiner.sizes()::toString);
        assertEquals(4_900, s.forgotten.stream().filter(e -> e.origin().pattern().equals("H")).count());
    }

    @Test
    void linesAreBoundedInBytesWhateverTheyAreAndThoseLetGoAreCounted() {
        String text = "x".repeat(4_000);
        long each = 500 + 4 * 4_000;
        BiConsumer<Scene, Integer> verbose = (s, i) -> s.say(i % 7, "AUTH PLAIN", text).say(i % 7, null, text);
        for (BiConsumer<Scene, Integer> one : List.<BiConsumer<Scene, Integer>>of((s, i) -> s.helper(i / 20, text), verbose, (s, i) -> s.pam(i / 20, text),
            (s, i) -> s.pam(i, text).saslauthd(MAILLOG, i, text, text), (s, i) -> s.started(i / 4, text), (s, i) -> s.request("k" + i, text, "192.0.2.7"),
            (s, i) -> s.helper(i, text).aborted(i, ALICE))) {
            Scene s = new Scene(new JoinLimits(20_000, 64, 10 * each, 100 * each, 3_600_000_000L, 2_000_000L, 17_000_000L, 30_000_000L));
            for (int i = 0; i < 2_000; i++) {
                one.accept(s, i);
                assertTrue(s.joiner.bytes() <= 130 * each, i + ": " + s.joiner.bytes());
            }
            assertTrue(s.joiner.bytes() >= 30 * each, "no more than needed is let go: " + s.joiner.bytes());
            assertTrue(s.out.size() + s.forgotten.size() > 1_500, s.out.size() + " and " + s.forgotten.size());
        }
    }

    @Test
    void whatItsProcessWroteAtItsStartCountsForAnAttemptThatWaits() {
        String text = "x".repeat(4_000);
        long each = 500 + 4 * 4_000;
        Scene s = new Scene(new JoinLimits(20_000, 64, 10 * each, 100 * each, 3_600_000_000L, 2_000_000L, 17_000_000L, 30_000_000L));
        for (int i = 0; i < 2_000; i++) {
            s.started(i, text).aborted(i, ALICE);
            assertTrue(i - s.out.size() <= 130, i + ": " + s.out.size());
        }
        assertEquals(2_000, s.end().size());
    }

    @Test
    void anAttemptHoldsSoManyBytesOfLinesAndNoLineIsLostUncounted() {
        long each = 500 + 4 * 4_000;
        Scene s = new Scene(new JoinLimits(20_000, 64, 10 * each, 1 << 30, 3_600_000_000L, 2_000_000L, 17_000_000L, 30_000_000L));
        for (int i = 0; i < 30; i++) {
            s.helper(1, "x".repeat(4_000)).helper(2, "short");
        }
        List<Attempt> out = s.rejected(1, ALICE, "PLAIN", "a").rejected(2, ALICE, "PLAIN", "b").end();
        assertEquals(List.of(11, 31), out.stream().map(a -> a.lines().size()).toList());
        assertEquals(20, s.forgotten.size());
    }

    @Test
    void oneKindOfLinesDoesNotWashAwayTheOthers() {
        Scene s = new Scene(new JoinLimits(20_000, 64, 1 << 20, 1 << 20, 3_600_000_000L, 2_000_000L, 17_000_000L, 30_000_000L));
        s.saslauthd(AUTHLOG, 50, "alice", "example.com");
        for (int i = 10; i < 1_000; i++) {
            s.helper(i, "x".repeat(4_000));
        }
        assertTrue(s.forgotten.size() > 800, () -> "" + s.forgotten.size());
        Attempt a = s.rejected(1, ALICE, "PLAIN", "alice@example.com").end().getFirst();
        assertTrue(patterns(a).contains("SASLAUTHD_AUTH_FAILURE"), patterns(a)::toString);
    }

    @Test
    void aSetupFaultTakesTheLinesBeforeItAndMastersLines() {
        scene.helper(7, "MECHLIST_EMPTY");
        scene.joiner.event(new AuthEvent.SetupFault(scene.origin(MAILLOG, "postfix/submission/smtpd", 7, "SMTPD_FATAL_NO_MECHS",
            "fatal: no SASL authentication mechanisms", Map.of(), 1)));
        scene.joiner.event(new AuthEvent.SetupFault(scene.origin(MAILLOG, "postfix/master", 2, "MASTER_PROCESS_EXIT",
            "warning: process smtpd pid 7 exit status 1", Map.of("process.id", "7"), 1)));
        Attempt a = scene.end().getFirst();
        assertEquals(Ending.SETUP, a.ending());
        assertEquals(List.of("MECHLIST_EMPTY", "SMTPD_FATAL_NO_MECHS", "MASTER_PROCESS_EXIT"), patterns(a));
    }

    @Test
    void mastersLineAloneIsNoAttempt() {
        scene.joiner.event(new AuthEvent.SetupFault(scene.origin(MAILLOG, "postfix/master", 2, "MASTER_PROCESS_EXIT",
            "warning: process cleanup pid 9 exit status 1", Map.of("process.id", "9"), 1)));
        assertEquals(0, scene.end().size());
    }

    @Test
    void aSenderThatIsNotOwnedIsOneAttemptThoughTheLoginWorked() {
        scene.connect(1, ALICE);
        scene.joiner.event(new AuthEvent.SenderDenied(scene.smtpd(1, "NOT_OWNED"), ALICE, "alice@example.com"));
        List<Attempt> out = scene.disconnect(1, ALICE, 1, 1).end();
        assertEquals(List.of(Ending.SENDER_DENIED), out.stream().map(Attempt::ending).toList());
    }

    @Test
    void bothEndsOfAnOwnRelayLoginAreOneAttempt() {
        scene.at(1).rejected(9, new saslscope.event.Client("localhost", "127.0.0.1", -1), "PLAIN", "relay");
        scene.joiner.event(new AuthEvent.RelayFailed(scene.origin(MAILLOG, "postfix/smtp", 4, "SMTP_SASL_SERVER_SAID", "", Map.of(), 1),
            "4ABC", "relay.example.net", "127.0.0.4", 587, "535 5.7.8 Error: authentication failed: authentication failure"));
        List<Attempt> out = scene.end();
        assertEquals(1, out.size());
        assertTrue(out.getFirst().outbound());
        assertEquals(List.of("SMTPD_SASL_AUTH_FAILED", "SMTP_SASL_SERVER_SAID"), patterns(out.getFirst()));
    }

    @Test
    void theOtherEndIsLookedForAmongTheLastOnesOnly() {
        AuthEvent.RelayFailed failed = new AuthEvent.RelayFailed(scene.origin(MAILLOG, "postfix/smtp", 4, "SMTP_SASL_SERVER_SAID", "", Map.of(), 1),
            "4ABC", "relay.example.net", "127.0.0.4", 587, "535 5.7.8 Error: authentication failed: the reason");
        for (String reason : List.of("the reason", "other words")) {
            Scene s = new Scene();
            for (int i = 0; i < 300; i++) {
                s.joiner.event(new AuthEvent.Rejected(s.smtpd(i, "R"), new saslscope.event.Client("localhost", "127.0.0.1", -1), "PLAIN",
                    i == 0 || i == 200 ? reason : "x", "u" + i));
            }
            s.joiner.event(failed);
            assertEquals(reason.equals("other words") ? 301 : 300, s.end().size());
            assertTrue(s.out.stream().anyMatch(a -> a.outbound() && (a.lines().size() == 2) == reason.equals("the reason")));
            assertTrue(s.out.stream().anyMatch(a -> "u0".equals(a.login())), "the first one is too far back");
        }
    }

    @Test
    void aMessageThatIsTriedAgainCountsOnce() {
        for (int i = 0; i < 3; i++) {
            scene.at(i * 300).joiner.event(new AuthEvent.RelayFailed(scene.origin(MAILLOG, "postfix/smtp", 4, "SMTP_SASL_SERVER_SAID", "",
                Map.of(), 1), i < 2 ? "4ABC" : "4DEF", "relay.example.net", "192.0.2.4", 587, "535 no"));
        }
        assertEquals(2, scene.end().size());
    }

    @Test
    void theLimitOnErrorsIsAnAttemptOfItsOwn() {
        scene.connect(1, MALLORY).rejected(1, MALLORY, "LOGIN", "root");
        scene.joiner.event(new AuthEvent.HungUp(scene.smtpd(1, "ERRORS"), MALLORY, "errors", "AUTH"));
        assertEquals(List.of(Ending.REJECTED, Ending.LOST),
            scene.disconnect(1, MALLORY, 0, 1).end().stream().map(Attempt::ending).toList());
    }

    @Test
    void eachMailTurnedAwayCounts() {
        scene.connect(1, MALLORY);
        for (int i = 0; i < 3; i++) {
            scene.joiner.event(new AuthEvent.RelayDenied(scene.smtpd(1, "DENIED"), MALLORY));
        }
        assertEquals(3, scene.end().size());
    }

    @Test
    void whatIsUnderWayIsKnownByItsFirstLine() {
        scene.connect(1, ALICE).disconnect(1, ALICE, 0, 0).connect(2, ALICE).helper(2, "A");
        scene.joiner.settle();
        assertEquals(List.of(300L), scene.joiner.underWay().stream().map(Origin::byteOffset).toList());
        scene.disconnect(2, ALICE, 0, 0);
        assertEquals(List.of(), List.copyOf(scene.joiner.underWay()));
    }

    @Test
    void idsDependOnFilePlaceAndNumber() {
        Scene s = new Scene();
        s.rejected(1, ALICE, "PLAIN", "a").rejected(1, ALICE, "PLAIN", "a");
        List<Attempt> out = s.end();
        assertNotEquals(out.get(0).id(), out.get(1).id());
        assertTrue(out.get(0).id().matches("[0-9a-f]{16}"));
    }
}
