package saslscope.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static saslscope.live.Incidents.ended;
import static saslscope.live.Incidents.grown;
import static saslscope.live.Incidents.outage;
import static saslscope.live.Incidents.settled;

import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import saslscope.Golden;
import saslscope.diagnosis.Certainty;

class LiveViewTest {
    private final StringWriter out = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();

    private LiveView view(boolean terminal, boolean terse) {
        return new LiveView(out, new Look(false, true, 80, terminal), IncidentBlockTest.TITLES, Duration.ofMinutes(5), nanos::get, terse);
    }

    private String after(Runnable action) {
        out.getBuffer().setLength(0);
        action.run();
        return out.toString();
    }

    @Test
    void aNewIncidentIsABlock() {
        view(false, false).incident(outage());
        Golden.check("live/likely.txt", out.toString().substring(0, out.toString().length() - 1));
    }

    @Test
    void repeatsAreOneLinePerIntervalOfLogTime() {
        LiveView view = view(false, false);
        view.incident(outage());
        assertEquals("", after(() -> {
            for (int s = 1; s < 300; s++) {
                view.incident(grown(outage(), s, 1 + s, 0, "open"));
            }
        }));
        assertEquals("16:55:13 still: saslauthd is not running, 301 failures so far  [1f3a9c0212345678]\n",
            after(() -> view.incident(grown(outage(), 300, 301, 0, "open"))));
        assertEquals("", after(() -> view.incident(grown(outage(), 301, 302, 0, "open"))));
    }

    @Test
    void terseLeavesRepeatsOut() {
        LiveView view = view(false, true);
        view.incident(outage());
        assertEquals("", after(() -> view.incident(grown(outage(), 3000, 301, 0, "open"))));
    }

    @Test
    void onATerminalTheCountIsRewrittenInPlaceAndNotTooOften() {
        LiveView view = view(true, false);
        view.incident(outage());
        assertEquals("", after(() -> view.incident(grown(outage(), 1, 2, 0, "open"))));
        nanos.addAndGet(100_000_000);
        assertEquals("\r16:50:15 CRITICAL: saslauthd is not running, 3 failures\u001b[K",
            after(() -> view.incident(grown(outage(), 2, 3, 0, "open"))));
        String over = after(() -> view.incident(grown(outage(), 60, 3, 2, "closed")));
        assertEquals("\r\u001b[K16:51:13 over: saslauthd is not running, after 3 failures; 2 logins worked since  "
            + "[1f3a9c0212345678]\n", over);
        String paused = after(view::pause);
        assertEquals("\r16:51:13 saslauthd is not running: 3 failures so far\u001b[K", paused);
        assertEquals("\r\u001b[K", after(view::close));
    }

    @Test
    void aSettledCauseIsNews() {
        LiveView view = view(false, false);
        view.incident(outage());
        assertEquals("16:50:13 ▲ now determined: saslauthd is not running  [1f3a9c0212345678]\n",
            after(() -> view.incident(settled(outage(), "saslauthd-not-running", Certainty.DETERMINED))));
        assertEquals("", after(() -> view.incident(settled(outage(), "saslauthd-not-running", Certainty.LIKELY))));
    }

    @Test
    void aFlickeringCauseDoesNotFlood() {
        LiveView view = view(false, true);
        view.incident(outage());
        String said = after(() -> {
            for (int s = 0; s < 600; s++) {
                String cause = s % 2 == 0 ? "saslauthd-wrong-path" : "saslauthd-not-running";
                view.incident(settled(grown(outage(), s, 1 + s, 0, "open"), cause, Certainty.LIKELY));
            }
        });
        assertEquals(1, said.lines().count(), said);
    }

    @Test
    void aClosedIncidentThatComesBackSaysSo() {
        LiveView view = view(false, false);
        view.incident(outage());
        view.incident(grown(outage(), 60, 3, 2, "closed"));
        assertEquals("16:52:13 back: saslauthd is not running, 4 failures so far  [1f3a9c0212345678]\n",
            after(() -> view.incident(grown(outage(), 120, 4, 2, "open"))));
    }

    @Test
    void backgroundNoiseIsOneBlockAndNoMore() {
        LiveView view = view(false, false);
        view.incident(Incidents.unknown());
        assertEquals("", after(() -> {
            view.incident(grown(Incidents.unknown(), 3_000, 50, 0, "open"));
            view.incident(grown(Incidents.unknown(), 6_000, 60, 0, "closed"));
        }));
    }

    @Test
    void incidentsOfAnEarlierRunAreOneLineEachAndThenKnown() {
        LiveView view = view(false, false);
        assertEquals("open since 2026-11-22 16:50:13: saslauthd is not running, 1 failure  [1f3a9c0212345678]\n",
            after(() -> view.begin(List.of(outage(), Incidents.unknown()))));
        assertEquals("", after(() -> view.incident(grown(outage(), 1, 2, 0, "open"))));
    }

    @Test
    void worksAgainIsToldOnceWithWhatHappenedBefore() {
        LiveView view = view(false, false);
        view.incident(outage());
        assertEquals("✔ works again since 16:50:33, after saslauthd started at 16:50:30 (maillog:60): saslauthd is not running, "
            + "after 1 failure  [1f3a9c0212345678]\n", after(() -> view.incident(ended(grown(outage(), 10, 1, 1, "ended")))));
        assertEquals("", after(() -> view.incident(ended(grown(outage(), 10, 1, 2, "ended")))));
        assertEquals("", after(() -> view.incident(ended(grown(outage(), 10, 1, 2, "closed")))));
        assertEquals("16:52:13 back: saslauthd is not running, 4 failures so far  [1f3a9c0212345678]\n",
            after(() -> view.incident(grown(outage(), 120, 4, 2, "open"))));
    }

    @Test
    void manyUsersInTroubleAreThreeBlocksSomeLinesAndThenANumber() {
        LiveView view = view(false, false);
        List<String> said = after(() -> {
            for (int i = 0; i < 500; i++) {
                view.incident(Incidents.numbered(i));
            }
        }).lines().toList();
        assertEquals(3, said.stream().filter(l -> l.startsWith("●")).count());
        assertEquals(9, said.stream().filter(l -> l.startsWith("16:50:13")).count());
        assertEquals("● CRITICAL  saslauthd is not running                         2026-11-22 16:50:13",
            after(() -> view.incident(outage())).lines().findFirst().orElseThrow());
        assertEquals("17:00:14 488 more of less weight since then: saslscope incidents",
            after(() -> view.incident(grown(Incidents.numbered(900), 601, 1, 0, "open"))).lines().findFirst().orElseThrow());
    }

    @Test
    void theStatusLineKeepsTheFaultInSightDuringAnAttack() {
        LiveView view = view(true, false);
        view.incident(outage());
        for (int i = 0; i < 50; i++) {
            view.incident(grown(Incidents.numbered(i), i, 20, 0, "open"));
        }
        assertEquals("\r16:51:02 CRITICAL: saslauthd is not running, 1 failure; guessing: 1,000 failur…\u001b[K", after(view::pause));
    }
}
