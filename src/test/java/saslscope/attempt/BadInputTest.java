package saslscope.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static saslscope.attempt.Scene.ALICE;
import static saslscope.attempt.Scene.AUTHLOG;
import static saslscope.attempt.Scene.MALLORY;
import static saslscope.attempt.Scene.patterns;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import saslscope.event.Client;

/** Logs with lines missing, out of order, of two hosts, or with clocks that jump: no attempt is lost or made up, and no line joined that may not belong. */
class BadInputTest {
    private final Scene scene = new Scene();

    @Test
    void aVerdictForAnotherClientTakesNoLineOfTheSessionThatNeverEnded() {
        // Its disconnect and the next one's connect were dropped.
        scene.connect(1, ALICE).helper(1, "OF_ALICE").rejected(1, MALLORY, "PLAIN", "root");
        assertEquals(List.of("SMTPD_SASL_AUTH_FAILED"), patterns(scene.end().getFirst()));
        Scene aborted = new Scene().connect(1, ALICE).helper(1, "OF_ALICE").aborted(1, MALLORY);
        assertEquals(List.of("SMTPD_SASL_AUTH_ABORTED"), patterns(aborted.end().getFirst()));
    }

    @Test
    void aDisconnectOfAnotherClientCountsNothingOfTheSessionThatNeverEnded() {
        List<Attempt> out = scene.connect(1, ALICE).lost(1, ALICE).disconnect(1, MALLORY, 0, 3).end();
        assertEquals(List.of("192.0.2.7 LOST"), out.stream().map(a -> a.client().address() + " " + a.ending()).toList());
    }

    @Test
    void aLogThatStartsInASessionHasItsVerdictsAndNothingElse() {
        List<Attempt> out = scene.helper(1, "H").rejected(1, ALICE, "PLAIN", "a").disconnect(1, ALICE, 0, 4).end();
        assertEquals(List.of(Ending.REJECTED), out.stream().map(Attempt::ending).toList());
    }

    @Test
    void twoHostsInOneFileAreTwoWorlds() {
        scene.on("mx1").at(100).connect(7, ALICE).on("mx2").connect(7, MALLORY).helper(7, "OF_MX2").saslauthd(AUTHLOG, 9, "alice", "example.com");
        scene.on("mx1").rejected(7, ALICE, "PLAIN", "alice@example.com").on("mx2").disconnect(7, MALLORY, 0, 0);
        Attempt a = scene.end().getFirst();
        assertEquals(List.of("SMTPD_SASL_AUTH_FAILED"), patterns(a));
        assertEquals("mx1", a.origin().host());
    }

    @Test
    void aHostWhoseClockIsHoursBehindKeepsItsSessionsAndItsHelpers() {
        scene.at(20_000).on("ahead").connect(1, ALICE).at(10_000).on("behind").connect(2, MALLORY).helper(2, "H");
        scene.at(20_000.5).on("ahead").rejected(1, ALICE, "PLAIN", "a").at(10_000.5).on("behind").rejected(2, MALLORY, "PLAIN", "b");
        scene.at(20_001).on("ahead").disconnect(1, ALICE, 0, 1).at(10_001).on("behind").saslauthd(AUTHLOG, 9, "b", "");
        List<Attempt> out = scene.end();
        assertEquals(List.of("a", "b"), out.stream().map(Attempt::login).toList());
        assertEquals(List.of("H", "SMTPD_SASL_AUTH_FAILED", "SASLAUTHD_AUTH_FAILURE"), patterns(out.get(1)));
    }

    /** Stamps without a zone, read with the wrong one: an hour is missing in spring and comes twice in autumn. */
    @Test
    void whenTheClockJumpsNoAttemptIsLostOrHeldBack() {
        scene.at(7_000).connect(1, ALICE).at(10_700).rejected(1, ALICE, "PLAIN", "a").at(10_701).disconnect(1, ALICE, 0, 1);
        assertEquals(1, scene.end().size());
        Scene autumn = new Scene().at(10_000).connect(1, ALICE).rejected(1, ALICE, "PLAIN", "first").at(6_400).rejected(1, ALICE, "PLAIN", "second").at(6_410)
            .connect(2, ALICE);
        assertEquals(List.of("first", "second"), autumn.out.stream().map(Attempt::login).toList());
    }

    @Test
    void whatAVerifierSaidBeforeTheClockWasSetBackIsNotJoined() {
        scene.at(10_000).saslauthd(AUTHLOG, 9, "alice", "").at(10_100).connect(1, ALICE).at(6_500).connect(2, ALICE);
        scene.at(10_001).rejected(1, ALICE, "PLAIN", "alice");
        assertEquals(List.of("SMTPD_SASL_AUTH_FAILED"), patterns(scene.end().getFirst()));
    }

    @Test
    void aProcessIdThatIsUsedAgainADayLaterHasNoStartOfItsOwn() {
        scene.at(0).started(1, "OLD_START").at(10).connect(1, ALICE).rejected(1, ALICE, "PLAIN", "a").disconnect(1, ALICE, 0, 1);
        scene.at(200_000).connect(1, ALICE).rejected(1, ALICE, "PLAIN", "b").disconnect(1, ALICE, 0, 1);
        List<Attempt> out = scene.end();
        assertEquals(List.of(1, 0), out.stream().map(a -> a.started().size()).toList());
    }

    /** Whatever is dropped, swapped or repeated: every verdict that was logged is one attempt, and no other failure has a name. */
    @Test
    void anyDamageLeavesEachVerdictOneAttempt() {
        Random random = new Random(3);
        for (int run = 0; run < 500; run++) {
            List<Runnable> story = new ArrayList<>();
            Scene s = new Scene();
            int[] verdicts = {0};
            for (int i = 0; i < 6; i++) {
                int pid = 1 + random.nextInt(2);
                Peer c = new Peer(random.nextBoolean());
                String name = "u" + i;
                story.add(() -> s.connect(pid, c.client()));
                story.add(() -> s.helper(pid, "H"));
                story.add(() -> s.saslauthd(AUTHLOG, 9, name, ""));
                story.add(() -> {
                    verdicts[0]++;
                    s.rejected(pid, c.client(), "PLAIN", name);
                });
                story.add(() -> s.disconnect(pid, c.client(), 0, 1));
            }
            for (int k = random.nextInt(8); k > 0; k--) {
                story.remove(random.nextInt(story.size()));
            }
            for (int k = random.nextInt(4); k > 0; k--) {
                int at = random.nextInt(story.size() - 1);
                story.add(at, story.remove(at + 1));
            }
            double time = 1_000;
            for (Runnable line : story) {
                time += random.nextInt(40) == 0 ? -3_600 : random.nextInt(20) == 0 ? 3_600 : 0.1;
                s.at(time);
                line.run();
            }
            List<Attempt> out = s.end();
            assertEquals(verdicts[0], out.stream().filter(a -> a.ending() == Ending.REJECTED).count());
            assertTrue(out.stream().filter(a -> a.ending() != Ending.REJECTED).allMatch(a -> a.login() == null));
            assertEquals(out.size(), out.stream().map(Attempt::id).distinct().count());
        }
    }

    private record Peer(boolean alice) {
        Client client() {
            return alice ? ALICE : MALLORY;
        }
    }
}
