package saslscope.syslog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stamps of a zone's wall clock, also on the days on which it changes. */
class LocalTimeTest {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

    private static Log berlin() {
        return new Log("Europe/Berlin", OptionalInt.empty()).part("2026-11-22T18:00");
    }

    @Test
    void summerAndWinter() {
        Log log = berlin();
        assertEquals("2026-07-01T10:00:00Z", log.at("Jul  1 12:00:00").toString());
        assertEquals("2026-11-01T11:00:00Z", log.at("Nov  1 12:00:00").toString());
    }

    @Test
    void hourThatDoesNotExistIsTakenAsIfTheClockHadNotChanged() {
        Log log = berlin();
        assertEquals("2026-03-29T00:59:59Z", log.at("Mar 29 01:59:59").toString());
        assertEquals("2026-03-29T01:30:00Z", log.at("Mar 29 02:30:00").toString());
        assertEquals("2026-03-29T01:00:00Z", log.at("Mar 29 03:00:00").toString());
        assertEquals("2026-03-29T03:30+02:00",
            log.read("Mar 29 02:30:00 mail t: x").time().toString());
    }

    @Test
    void hourThatComesTwiceIsTheFirstWhenNothingSaysOtherwise() {
        assertEquals("2026-10-25T00:30:00Z", berlin().at("Oct 25 02:30:00").toString());
    }

    @Test
    void hourThatComesTwiceIsTheSecondWhereTimeWouldStepBack() {
        Log log = berlin();
        assertEquals("2026-10-25T00:00:00Z", log.at("Oct 25 02:00:00").toString());
        assertEquals("2026-10-25T00:59:59Z", log.at("Oct 25 02:59:59").toString());
        assertEquals("2026-10-25T00:59:58Z", log.at("Oct 25 02:59:58").toString());
        assertEquals("2026-10-25T01:00:00Z", log.at("Oct 25 02:00:00").toString());
        assertEquals("2026-10-25T01:30:00Z", log.at("Oct 25 02:30:00").toString());
        assertEquals("2026-10-25T01:59:59Z", log.at("Oct 25 02:59:59").toString());
        assertEquals("2026-10-25T02:00:00Z", log.at("Oct 25 03:00:00").toString());
    }

    @Test
    void secondPassIsToldByItsOffset() {
        Log log = berlin();
        assertEquals("2026-10-25T02:59:59+02:00", log.read("Oct 25 02:59:59 mail t: x").time().toString());
        assertEquals("2026-10-25T02:00+01:00", log.read("Oct 25 02:00:00 mail t: x").time().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-10-24T20:00:00Z", "Europe/Berlin, 2026-03-28T20:00:00Z",
        "America/St_Johns, 2026-11-01T00:00:00Z", "America/St_Johns, 2010-11-06T20:00:00Z",
        "Australia/Lord_Howe, 2026-04-04T10:00:00Z", "Australia/Lord_Howe, 2026-10-03T10:00:00Z",
        "Asia/Kathmandu, 2026-11-01T00:00:00Z", "America/Sao_Paulo, 2018-02-17T20:00:00Z",
        "Pacific/Apia, 2011-12-29T20:00:00Z", "Asia/Pyongyang, 2018-05-04T10:00:00Z",
        "Africa/Casablanca, 2026-02-14T20:00:00Z", "UTC, 2026-12-31T18:00:00Z",
    })
    void lineEveryFewMinutesRunsStraightThroughAnyChange(String zone, String start) {
        Instant t = Instant.parse(start);
        ZonedDateTime first = t.atZone(ZoneId.of(zone));
        Log log = new Log(zone, OptionalInt.of(first.getYear())).part("2026-11-22T18:00");
        for (int i = 0; i < 200; i++) {
            assertEquals(t, log.at(STAMP.format(t.atZone(ZoneId.of(zone)))), zone);
            t = t.plus(Duration.ofMinutes(4).plusSeconds(7));
        }
    }

    @Test
    void statedOffsetsAndLocalStampsMix() {
        Log log = berlin();
        assertEquals("2026-07-01T12:00:00Z", log.at("2026-07-01T12:00:00Z").toString());
        assertEquals("2026-07-01T10:00:01Z", log.at("Jul  1 12:00:01").toString());
        assertEquals("2026-07-01T12:00+02:00", log.read("2026-07-01T12:00:00 mail t: x").time().toString());
        assertEquals("2026-07-01T12:00-04:00", log.read("2026-07-01T12:00:00-04:00 mail t: x").time().toString());
        assertEquals("2026-07-01T12:00:02+02:00", log.read("Jul  1 12:00:02 mail t: x").time().toString());
    }
}
