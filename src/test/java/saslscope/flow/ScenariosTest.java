package saslscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import saslscope.definition.DefinitionException;
import saslscope.diagnosis.Candidate;
import saslscope.diagnosis.Certainty;
import saslscope.incident.DiagnosedAttempt;
import saslscope.incident.Incident;
import saslscope.incident.Kind;
import saslscope.incident.Severity;
import saslscope.live.LiveView;
import saslscope.live.Look;

/** What a whole log is told to mean, beyond its single attempts. */
class ScenariosTest {
    private final MailLog log = new MailLog();

    private void goodMorning(int users) {
        for (int i = 0; i < users; i++) {
            log.works(i, "user" + i + "@example.com", "192.0.2." + (1 + i));
        }
    }

    private Run run() throws DefinitionException {
        return Run.of(log.toString());
    }

    private static List<Incident> of(Run r, Kind kind) {
        return r.incidents.values().stream().filter(i -> i.kind() == kind).toList();
    }

    private static Incident only(Run r, Kind kind) {
        List<Incident> found = of(r, kind);
        assertEquals(1, found.size(), () -> kind + " in " + r.incidents.values().stream().map(i -> i.kind() + " " + i.title()).toList());
        return found.getFirst();
    }

    private static void noAttack(Run r) {
        assertTrue(r.incidents.values().stream().noneMatch(i -> i.kind().attack() || i.kind() == Kind.COMPROMISE),
            () -> r.incidents.values().stream().map(i -> i.kind() + " " + i.title()).toList().toString());
    }

    private static DiagnosedAttempt last(Run r) {
        return r.failures().getLast();
    }

    private static String evidence(DiagnosedAttempt a, String cause) {
        return a.diagnosis().candidates().stream().filter(c -> c.cause().equals(cause)).map(Candidate::evidence).findFirst().orElseThrow().toString();
    }

    @Test
    void bruteForce() throws DefinitionException {
        goodMorning(5);
        for (int i = 0; i < 60; i++) {
            log.fail(100 + 2 * i, "name" + i, "198.51.100.9");
        }
        Run r = run();
        Incident i = only(r, Kind.BRUTE_FORCE);
        assertEquals("Guessing: 60 names tried from 198.51.100.9", i.title());
        assertEquals(60, i.attempts());
        assertEquals(Severity.LOW, i.severity());
        assertEquals("198.51.100.9 failed 60 times with 60 names since 2026-11-22 10:01:40; no login worked", i.evidence().getFirst());
        assertTrue(r.failures().stream().allMatch(a -> a.incidentId().equals(i.id())));
        assertEquals(1, r.incidents.size());
    }

    @Test
    void oneNameTriedOverAndOver() throws DefinitionException {
        goodMorning(5);
        for (int i = 0; i < 40; i++) {
            log.fail(100 + 3 * i + i % 7 * 0.3, "user1@example.com", "198.51.100.9");
        }
        assertEquals("Guessing: 40 tries at user1@example.com from 198.51.100.9", only(run(), Kind.BRUTE_FORCE).title());
    }

    @Test
    void spray() throws DefinitionException {
        goodMorning(5);
        for (int i = 0; i < 80; i++) {
            log.fail(100 + 5 * i, "name" + i % 40, "198.51.100." + i);
        }
        Run r = run();
        Incident spray = of(r, Kind.SPRAY).stream().filter(i -> i.title().contains(" clients on ")).findFirst().orElseThrow();
        assertEquals("Guessing: 40 names tried from 80 clients on mail", spray.title());
        assertEquals(80, spray.attempts());
        assertTrue(r.incidents.values().stream().filter(i -> !i.state().equals("closed")).allMatch(i -> i.severity() == Severity.LOW));
    }

    @Test
    void oneNameFromManyClients() throws DefinitionException {
        goodMorning(5);
        for (int i = 0; i < 12; i++) {
            log.fail(100 + 60 * i, "user1@example.com", "198.51.100." + i);
        }
        assertEquals("Guessing: user1@example.com tried from 12 clients", only(run(), Kind.SPRAY).title());
    }

    @Test
    void stalePhone() throws DefinitionException {
        goodMorning(5);
        for (int i = 0; i < 20; i++) {
            log.fail(1_000 + 300 * i + i % 2, "user1@example.com", "192.0.2.2");
            // The same user's laptop knows the new password.
            log.works(1_077 + 300 * i + i * i % 90, "user1@example.com", "192.0.2.2");
        }
        Run r = run();
        Incident i = only(r, Kind.STALE);
        assertEquals("A device keeps an old password: user1@example.com from 192.0.2.2, every 5 min", i.title());
        assertEquals(20, i.failures());
        assertEquals("password-mismatch", i.cause());
        assertEquals(Certainty.LIKELY, i.certainty());
        noAttack(r);
    }

    @Test
    void compromiseAfterSpray() throws DefinitionException {
        goodMorning(5);
        for (int i = 0; i < 80; i++) {
            log.fail(100 + 5 * i, "user" + i % 40 + "@example.com", "198.51.100." + i);
        }
        log.works(600, "user3@example.com", "198.51.100.17");
        log.works(700, "user4@example.com", "192.0.2.5");
        Run r = run();
        Incident i = only(r, Kind.COMPROMISE);
        assertEquals(Severity.HIGH, i.severity());
        assertTrue(i.title().startsWith("Possibly broken into: user3@example.com logged in from 198.51.100.17"), i::title);
        assertEquals(List.of(i.id()), r.attempts.stream().filter(a -> a.diagnosis() == null && a.incidentId() != null).map(DiagnosedAttempt::incidentId).toList());
    }

    @Test
    void saslauthdRestartHeals() throws DefinitionException {
        goodMorning(3);
        log.down(100, "user0@example.com", "192.0.2.1", "No such file or directory");
        log.down(130, "user1@example.com", "192.0.2.2", "No such file or directory");
        log.saslauthdStarts(200);
        log.works(210, "user1@example.com", "192.0.2.2");
        Run r = run();
        Incident i = only(r, Kind.FAULT);
        assertEquals("ended", i.state());
        assertEquals("works again since 2026-11-22 10:03:30 (user1@example.com, LOGIN), after saslauthd started at 10:03:20 (log0:18)", i.ended());
        // The later success settles what the log alone could not.
        assertEquals(Certainty.AMBIGUOUS, last(r).diagnosis().certainty());
        DiagnosedAttempt again = r.revised.getFirst();
        assertEquals(last(r).attempt().id(), again.attempt().id());
        assertEquals(Certainty.LIKELY, again.diagnosis().certainty());
        assertEquals("saslauthd-not-running", again.diagnosis().cause());
        assertEquals("saslauthd-not-running", i.cause());
        assertEquals(Certainty.LIKELY, i.certainty());
    }

    private static List<String> causes(DiagnosedAttempt a) {
        return a.diagnosis().candidates().stream().map(Candidate::cause).toList();
    }

    @Test
    void aProcessThatAcceptedThisLoginHasNoFaultInItsSettings() throws DefinitionException {
        String ok = "Nov 22 10:00:0%d mail postfix/submission/smtpd[%d]: 957F82: client=unknown[192.0.2.3], sasl_method=PLAIN, sasl_username=bob@example.com\n"
            + "Nov 22 10:00:0%1$d mail postfix/submission/smtpd[%2$d]: disconnect from unknown[192.0.2.3] ehlo=1 auth=1 quit=1 commands=3\n";
        List<String> same = causes(last(Run.of(ok.formatted(1, 1007) + VERDICT)));
        List<String> other = causes(last(Run.of(ok.formatted(1, 1008) + VERDICT)));
        for (String code : List.of("sasl-config-not-read", "sasl-type-wrong", "auxprop-misconfigured", "sasldb-outside-chroot", "wrong-realm")) {
            assertTrue(other.contains(code), code);
            assertFalse(same.contains(code), code);
        }
        assertTrue(same.containsAll(List.of("password-mismatch", "user-not-in-sasldb", "sasldb-missing")), same::toString);
        assertEquals(Certainty.LIKELY, last(Run.of(ok.formatted(1, 1007) + VERDICT)).diagnosis().certainty());
    }

    private static final String VERDICT = """
        Nov 22 10:00:05 mail postfix/submission/smtpd[1007]: connect from unknown[192.0.2.3]
        Nov 22 10:00:05 mail postfix/submission/smtpd[1007]: warning: unknown[192.0.2.3]: SASL LOGIN authentication failed: authentication failure, sasl_username=bob@example.com
        Nov 22 10:00:05 mail postfix/submission/smtpd[1007]: disconnect from unknown[192.0.2.3] ehlo=1 auth=0/1 quit=1 commands=2/3
        """;

    /** Follows a mail log and an auth.log whose lines come when the mail log's attempts were handed out. */
    private static Run late(String mail, String auth, StringWriter live) throws DefinitionException {
        LiveView view = new LiveView(live, new Look(false, true, 100, false), c -> c, Duration.ofMinutes(1), () -> 0, false);
        Run r = new Run(Resume.NONE, id -> false, view);
        TextStream authlog = new TextStream("auth.log", Run.MODIFIED, "").open();
        r.add(new TextStream("maillog", Run.MODIFIED, mail)).add(authlog);
        int[] turn = {0};
        r.flow.run(() -> false, () -> {
            if (++turn[0] == 3) {
                authlog.add(auth);
                authlog.end();
                return Flow.Due.NOTHING;
            }
            return Flow.Due.TICK;
        });
        return r;
    }

    @Test
    void aLineOfTheVerifierThatComesLateSettlesTheAttemptAndItsIncidentOnce() throws DefinitionException {
        StringWriter live = new StringWriter();
        Run r = late(VERDICT, """
            Nov 22 10:00:03 mail saslauthd[10897]: pam_unix(smtp:auth): authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=  user=bob
            Nov 22 10:00:05 mail saslauthd[10897]: DEBUG: auth_pam: pam_authenticate failed: Authentication failure
            Nov 22 10:00:05 mail saslauthd[10897]:                 : auth failure: [user=bob] [service=smtp] [realm=example.com] [mech=pam] [reason=PAM auth error]
            """, live);
        assertEquals(1, r.attempts.size());
        assertEquals(Certainty.AMBIGUOUS, last(r).diagnosis().certainty());
        assertEquals(1, r.revised.size());
        DiagnosedAttempt better = r.revised.getFirst();
        assertEquals(last(r).attempt().id(), better.attempt().id());
        assertEquals("password-mismatch", better.diagnosis().cause());
        assertTrue(better.diagnosis().certainty().compareTo(Certainty.LIKELY) <= 0, () -> better.diagnosis().certainty().toString());
        Incident i = only(r, Kind.USER);
        assertEquals("password-mismatch", i.cause());
        assertEquals(1, i.failures());
        assertEquals(4, i.sampleLines().size(), () -> i.sampleLines().toString());
        assertEquals(1, live.toString().split("▲ now ", -1).length - 1, live::toString);
    }

    @Test
    void whatLookedLikeAUsersTroubleIsTheHostsWhenALateLineSaysSo() throws DefinitionException {
        StringWriter live = new StringWriter();
        Run r = late(VERDICT, """
            Nov 22 10:00:05 mail saslauthd[10897]: auth_rimap_init: cannot connect to 127.0.0.1: Connection refused
            Nov 22 10:00:05 mail saslauthd[10897]: auth_rimap: connect: Connection refused
            Nov 22 10:00:05 mail saslauthd[10897]:                 : auth failure: [user=bob] [service=smtp] [realm=example.com] [mech=rimap] [reason=[ALERT] Couldn't contact remote authentication server]
            """, live);
        assertEquals("backend-down", r.revised.getLast().diagnosis().cause());
        assertEquals(1, r.incidents.size(), () -> r.incidents.values().toString());
        Incident i = only(r, Kind.FAULT);
        assertEquals(Severity.CRITICAL, i.severity());
        assertEquals(last(r).incidentId(), i.id());
        assertEquals(1, live.toString().split("▲ now ", -1).length - 1, live::toString);
    }

    @Test
    void reloadBreaksEveryone() throws DefinitionException {
        goodMorning(8);
        log.reload(600);
        for (int i = 0; i < 8; i++) {
            log.fail(620 + 10 * i, "user" + i + "@example.com", "192.0.2." + (1 + i));
        }
        Run r = run();
        noAttack(r);
        String told = evidence(last(r), "wrong-realm");
        assertTrue(told.contains("nobody has logged in on mail since 2026-11-22 10:00:07"), told);
        assertTrue(told.contains("20 s before that, postfix was reloaded at 10:10:00"), told);
    }

    @Test
    void twoFaultsAtOnce() throws DefinitionException {
        goodMorning(3);
        for (int i = 0; i < 3; i++) {
            log.down(100 + i, "user" + i + "@example.com", "192.0.2." + (1 + i), "Connection refused");
            log.line(100 + i, "postfix/submission/smtpd[99]: warning: SASL authentication problem: unable to open Berkeley db /etc/sasldb2: Permission denied")
                .line(100 + i, "postfix/submission/smtpd[99]: warning: unknown[192.0.2.9]: SASL CRAM-MD5 authentication failed: generic failure, sasl_username=bob");
        }
        assertEquals(2, of(run(), Kind.FAULT).size());
    }

    @Test
    void slowGuessingBelowTheThresholdsIsNotCalledAnAttack() throws DefinitionException {
        goodMorning(3);
        for (int i = 0; i < 12; i++) {
            log.fail(100 + 1_200 * i + i * 37 % 100, "name" + i, "198.51.100.9");
        }
        noAttack(run());
    }

    @Test
    void anOfficeBehindOneAddressIsNotGuessing() throws DefinitionException {
        for (int i = 0; i < 30; i++) {
            log.works(10 * i, "user" + i + "@example.com", "192.0.2.1");
        }
        for (int i = 0; i < 12; i++) {
            log.fail(400 + 10 * i, "user" + i + "@example.com", "192.0.2.1");
            log.works(405 + 10 * i, "user" + i + "@example.com", "192.0.2.1");
        }
        Run r = run();
        noAttack(r);
        assertEquals(12, r.incidents.size());
    }

    @Test
    void anOfficeBehindOneAddressDuringAnOutageIsNotGuessing() throws DefinitionException {
        for (int i = 0; i < 30; i++) {
            log.down(10 * i, "user" + i + "@example.com", "192.0.2.1", "Connection refused");
        }
        Run r = run();
        noAttack(r);
        assertEquals(1, r.incidents.size());
    }

    @Test
    void threeTyposAndThenSuccess() throws DefinitionException {
        goodMorning(3);
        for (int i = 0; i < 3; i++) {
            log.fail(100 + 7 * i, "carol@example.com", "192.0.2.50");
        }
        log.works(130, "carol@example.com", "192.0.2.50");
        Run r = run();
        noAttack(r);
        Incident i = only(r, Kind.USER);
        assertEquals("ended", i.state());
        assertEquals("works again since 2026-11-22 10:02:10 (carol@example.com, LOGIN)", i.ended());
        assertEquals(3, r.revised.size());
        assertEquals("password-mismatch", i.cause());
        assertEquals(Certainty.LIKELY, i.certainty());
        assertTrue(evidence(r.revised.getLast(), "password-mismatch").contains("carol@example.com logged in 16 s later with LOGIN"),
            () -> evidence(r.revised.getLast(), "password-mismatch"));
    }

    @Test
    void aNameWithoutItsRealmIsKnownByTheOneThatWorks() throws DefinitionException {
        log.works(0, "alice@example.com", "192.0.2.50");
        log.fail(100, "alice", "192.0.2.50");
        DiagnosedAttempt a = last(run());
        assertEquals("wrong-realm", a.diagnosis().cause());
        assertEquals(Certainty.LIKELY, a.diagnosis().certainty());
        assertTrue(evidence(a, "wrong-realm").contains("alice@example.com logged in 1 time, last at 2026-11-22 10:00:00; alice never did"),
            () -> evidence(a, "wrong-realm"));
    }

    @Test
    void historyAloneNeverProves() throws DefinitionException {
        goodMorning(8);
        log.reload(600);
        for (int i = 0; i < 8; i++) {
            log.fail(620 + 10 * i, "user" + i + "@example.com", "192.0.2." + (1 + i));
        }
        log.works(800, "user1@example.com", "192.0.2.2");
        Run r = run();
        assertFalse(r.failures().stream().anyMatch(a -> a.diagnosis().certainty() == Certainty.DETERMINED));
        assertFalse(r.revised.stream().anyMatch(a -> a.diagnosis().certainty() == Certainty.DETERMINED));
    }

    @Test
    void aNightOfTenThousandFailuresFillsNoScreenAndAnOutageStandsOut() throws DefinitionException {
        goodMorning(20);
        for (int i = 0; i < 10_000; i++) {
            log.fail(100 + i * 1.5, "name" + i * 7919 % 3_000, "198.51." + i % 40 + "." + i * 31 % 200);
        }
        log.down(9_000, "user1@example.com", "192.0.2.2", "Connection refused");
        log.down(9_030, "user2@example.com", "192.0.2.3", "Connection refused");
        log.saslauthdStarts(9_300);
        log.works(9_310, "user1@example.com", "192.0.2.2");
        StringWriter screen = new StringWriter();
        Run r = new Run(Resume.NONE, id -> false, new LiveView(screen, new Look(false, true, 100, false), c -> c, Duration.ofMinutes(5), System::nanoTime, false));
        r.add(new TextStream("maillog", Run.MODIFIED, log.toString()));
        r.run();
        List<String> lines = screen.toString().lines().toList();
        assertTrue(lines.size() < 200, () -> lines.size() + " lines:\n" + screen);
        assertEquals(1, lines.stream().filter(l -> l.startsWith("● CRITICAL")).count(), screen::toString);
        assertEquals(1, lines.stream().filter(l -> l.contains("✔ works again since 12:35:10 (user1@example.com, LOGIN), after saslauthd started")).count(), screen::toString);
    }

    /** What says, where nobody has ever logged in, that it is the server's set-up. */
    private static final List<String> SET_UP = List.of("sasldb-missing", "sasldb-outside-chroot", "sasl-config-not-read");

    @Test
    void guessingFromManyAddressesOnAFreshLogIsNotToldAsAFaultOfTheServer() throws DefinitionException {
        List<String> names = List.of("info", "admin", "sales", "test", "postmaster", "office", "scan", "support", "contact", "mail", "user", "backup");
        for (int i = 0; i < 200; i++) {
            // Each address tries one name, some of them twice at once.
            log.fail(100 + 173 * i, names.get(i * 7 % 12) + "@example.com", "198.51." + i % 100 + "." + (1 + i % 250));
            if (i % 3 == 0) {
                log.fail(102 + 173 * i, names.get(i * 7 % 12) + "@example.com", "198.51." + i % 100 + "." + (1 + i % 250));
            }
        }
        Run r = run();
        assertTrue(r.failures().stream().noneMatch(a -> SET_UP.contains(a.diagnosis().cause())),
            () -> r.failures().stream().filter(a -> SET_UP.contains(a.diagnosis().cause())).findFirst().orElseThrow().toString());
        assertTrue(r.incidents.values().stream().noneMatch(i -> i.severity().compareTo(Severity.LOW) > 0 && SET_UP.contains(i.cause())));
    }

    @Test
    void whereEveryUsersProgramTriesAgainAndNobodyEverGetsInItIsTheServer() throws DefinitionException {
        for (int i = 0; i < 24; i++) {
            int user = i % 6;
            log.fail(100 + 40 * i, "user" + user + "@example.com", "192.0.2." + (10 + user));
        }
        Run r = run();
        assertTrue(SET_UP.contains(last(r).diagnosis().cause()), last(r).diagnosis().toString());
        assertEquals(Certainty.AMBIGUOUS, last(r).diagnosis().certainty());
    }

    @Test
    void oneLoginByTwoMechanismsIsToldByWhatBothAllow() throws DefinitionException {
        log.fail(0, "alice", "192.0.2.9", "PLAIN", "authentication failure");
        log.fail(5, "alice", "192.0.2.9", "CRAM-MD5", "authentication failure");
        log.fail(10, "alice", "192.0.2.9", "LOGIN", "authentication failure");
        Run r = run();
        assertEquals(List.of("password-mismatch", "user-not-in-sasldb", "password-mismatch"),
            r.failures().stream().map(a -> a.diagnosis().cause()).toList());
        // CRAM-MD5 would have said that the digest is wrong.
        assertEquals("user-not-in-sasldb", only(r, Kind.USER).cause());
    }

    @Test
    void aLoginWithoutAMailTellsThatAFaultIsMendedIfSomethingWasDoneSince() throws DefinitionException {
        log.forbidden(100, "alice", "192.0.2.9");
        log.worksQuietly(150, "192.0.2.9");
        assertEquals("open", only(run(), Kind.FAULT).state());
        log.forbidden(200, "alice", "192.0.2.9");
        log.reload(210);
        log.worksQuietly(220, "192.0.2.77");
        assertEquals("open", only(run(), Kind.FAULT).state());
        log.worksQuietly(230, "192.0.2.9");
        Incident i = only(run(), Kind.FAULT);
        assertEquals("sasldb-permission", i.cause());
        assertEquals("works again since 2026-11-22 10:03:50, after postfix was reloaded at 10:03:30 (log0:11)", i.ended());
    }
}
