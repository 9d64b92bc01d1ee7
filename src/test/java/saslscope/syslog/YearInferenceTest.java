package saslscope.syslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import saslscope.syslog.YearInference.Wall;

/** The year of stamps that carry none. */
class YearInferenceTest {
    private static final ZoneId UTC = ZoneOffset.UTC;
    /** Lines of a file from February 2024 to November 2026. */
    private static final String[] YEARS = {
        "Feb  1 00:00:00 h t: x", "Jun  1 00:00:00 h t: x", "Oct  1 00:00:00 h t: x",
        "Jan  9 00:00:00 h t: x", "May  9 00:00:00 h t: x", "Oct  1 00:00:00 h t: x",
        "Jan  5 00:00:00 h t: x", "Jun  5 00:00:00 h t: x", "Nov 22 00:00:00 h t: x"};

    private static Wall wall(int month, int day) {
        return new Wall(0, month, day, 43_200);
    }

    private static int first(String modified, Wall... stamps) {
        return YearInference.first(List.of(stamps), LocalDateTime.parse(modified).toInstant(ZoneOffset.UTC).toEpochMilli(),
            UTC);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T18:00, 11, 22, 2026", "2026-11-22T18:00,  1,  1, 2026",
        // A day of clock skew is allowed, more is last year.
        "2026-11-22T18:00, 11, 23, 2026", "2026-11-22T18:00, 11, 24, 2025", "2026-11-22T11:59, 11, 23, 2025",
        "2026-11-22T18:00, 12, 31, 2025",
        // Written last right at New Year.
        "2027-01-01T00:00, 12, 31, 2026", "2026-12-31T23:59:59, 12, 31, 2026", "2026-12-31T23:59:59, 1, 1, 2027",
        "2026-12-31T23:59:59, 1, 2, 2026", "2027-01-01T00:00, 1, 1, 2027", "2027-01-01T00:00, 1, 3, 2026",
        // 29 February: the nearest leap year that is over.
        "2028-02-29T13:00, 2, 29, 2028", "2028-02-28T13:00, 2, 29, 2028", "2028-02-27T13:00, 2, 29, 2024",
        "2026-11-22T18:00, 2, 29, 2024", "2104-02-28T00:00, 2, 29, 2096", "2000-03-01T00:00, 2, 29, 2000",
        // Dates in front of the epoch's start come from files without a time.
        "1970-01-01T00:00, 11, 22, 1969", "1970-01-01T00:00, 1, 1, 1970",
    })
    void oneStamp(String modified, int month, int day, int year) {
        assertEquals(year, first(modified, wall(month, day)));
    }

    @Test
    void limitIsOfTheZoneOfTheStamps() {
        long modified = LocalDateTime.parse("2026-12-31T05:00").toInstant(ZoneOffset.UTC).toEpochMilli();
        Wall second = new Wall(0, 1, 1, 18 * 3600);
        assertEquals(2026, YearInference.first(List.of(second), modified, UTC));
        assertEquals(2027, YearInference.first(List.of(second), modified, ZoneId.of("Pacific/Auckland")));
    }

    @Test
    void absurdFileTimesDoNoHarm() {
        assertTrue(YearInference.first(List.of(wall(2, 29)), Long.MAX_VALUE, UTC) <= 9999);
        assertEquals(1968, YearInference.first(List.of(wall(2, 29)), Long.MIN_VALUE, UTC));
    }

    @Test
    void samplesOverSeveralYears() {
        assertEquals(2024, first("2026-11-22T18:00", wall(2, 1), wall(8, 1), wall(1, 3), wall(6, 1), wall(12, 1),
            wall(1, 9), wall(6, 9), wall(11, 22)));
        assertEquals(2023, first("2026-11-22T18:00", wall(2, 1), wall(8, 1), wall(1, 3), wall(6, 1), wall(12, 1),
            wall(1, 9), wall(6, 9), wall(11, 30)));
    }

    @Test
    void leapDayAmongSamplesTellsTheYear() {
        assertEquals(2024, first("2026-11-22T18:00", wall(2, 1), wall(2, 29), wall(4, 1)));
        assertEquals(2023, first("2026-11-22T18:00", wall(11, 1), wall(2, 29), wall(4, 1)));
        assertEquals(2022, first("2026-11-22T18:00", wall(11, 1), wall(3, 1), wall(8, 1), wall(12, 1), wall(2, 29),
            wall(7, 1)));
    }

    @Test
    void sampleThatStatesItsYearTellsTheOthers() {
        assertEquals(2021, first("2026-11-22T18:00", wall(11, 1), wall(3, 1), new Wall(2022, 6, 1, 0)));
        assertEquals(2022, first("2026-11-22T18:00", new Wall(2022, 6, 1, 0), wall(8, 1)));
    }

    @Test
    void loneSampleOfAWrongClockChangesNothing() {
        assertEquals(2026, first("2026-11-22T18:00", wall(11, 1), wall(12, 24), wall(11, 10), wall(11, 20)));
        assertEquals(2026, first("2026-11-22T18:00", wall(11, 1), wall(1, 1), wall(11, 10), wall(1, 1), wall(11, 20)));
    }

    @Test
    void randomLogsComeOutAsTheyWereWritten() {
        for (long seed = 1; seed <= 300; seed++) {
            Random r = new Random(seed);
            LocalDateTime t = LocalDate.of(2000 + r.nextInt(90), 1, 1).plusDays(r.nextInt(365)).atTime(r.nextInt(24), 0);
            int steps = 2 + r.nextInt(60);
            List<LocalDateTime> written = new ArrayList<>();
            List<Wall> walls = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                written.add(t);
                walls.add(new Wall(0, t.getMonthValue(), t.getDayOfMonth(), t.toLocalTime().toSecondOfDay()));
                t = t.plusMinutes(r.nextInt(150 * 24 * 60));
            }
            LocalDateTime last = written.getLast();
            long modified = last.plusMinutes(r.nextInt(60 * 24 * 30) - 1000).toInstant(ZoneOffset.UTC).toEpochMilli();
            int first = YearInference.first(walls, modified, UTC);
            YearWalk walk = new YearWalk(first, () -> YearInference.newest(modified, UTC));
            for (int i = 0; i < steps; i++) {
                assertEquals(written.get(i).getYear(), walk.next(walls.get(i).month(), walls.get(i).day(),
                    walls.get(i).second()), "seed " + seed + " stamp " + i);
            }
        }
    }

    @Test
    void randomStampsNeverLieBehindTheLimitAndNeverFail() {
        for (long seed = 1; seed <= 300; seed++) {
            Random r = new Random(seed);
            long modified = r.nextLong(4_000_000_000_000L);
            long newest = YearInference.newest(modified, UTC);
            List<Wall> walls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                LocalDate d = LocalDate.of(2024, 1, 1).plusDays(r.nextInt(366));
                walls.add(new Wall(r.nextInt(9) == 0 ? 1970 + r.nextInt(8000) : 0, d.getMonthValue(), d.getDayOfMonth(),
                    r.nextInt(86_401)));
            }
            YearWalk walk = new YearWalk(YearInference.first(walls, modified, UTC), () -> newest);
            for (Wall w : walls) {
                if (w.year() != 0) {
                    walk.stated(w.year(), w.month(), w.day(), w.second());
                    continue;
                }
                int y = walk.next(w.month(), w.day(), w.second());
                LocalDate.of(y, w.month(), w.day());
                assertTrue(YearWalk.position(y, w.month(), w.day(), w.second()) <= newest, "seed " + seed);
            }
        }
    }

    @Test
    void newYearWithinAFile() {
        Log log = Log.modified("2027-01-03T08:00");
        assertEquals(2026, log.year("Dec 30 10:00:00"));
        assertEquals(2026, log.year("Dec 31 23:59:59"));
        assertEquals(2027, log.year("Jan  1 00:00:00"));
        assertEquals(2027, log.year("Jan  2 10:00:00"));
    }

    @Test
    void lineThatComesLateAtNewYear() {
        Log log = Log.modified("2027-01-03T08:00");
        assertEquals(2026, log.year("Dec 31 23:59:58"));
        assertEquals(2027, log.year("Jan  1 00:00:00"));
        assertEquals(2026, log.year("Dec 31 23:59:59"));
        assertEquals(2026, log.year("Dec 31 23:59:59"));
        assertEquals(2027, log.year("Jan  1 00:00:01"));
        assertEquals(2027, log.year("Jan  2 00:00:01"));
    }

    @Test
    void newYearAcrossRotatedParts() {
        Log log = new Log("UTC", OptionalInt.empty());
        log.part("2027-01-01T00:00:03");
        assertEquals(2026, log.year("Dec 25 00:00:00"));
        assertEquals(2026, log.year("Dec 31 23:59:59"));
        log.part("2027-01-08T00:00:00");
        assertEquals(2027, log.year("Jan  1 00:00:02"));
        assertEquals(2027, log.year("Jan  7 23:00:00"));
    }

    @Test
    void severalYearsInOneFile() {
        Log log = new Log("UTC", OptionalInt.empty());
        log.part("2026-11-22T18:00", YEARS);
        assertEquals(2024, log.year("Feb  1 00:00:00"));
        log.skipTo(2500);
        assertEquals(2024, log.year("Dec  1 00:00:00"));
        assertEquals(2025, log.year("Jan  2 00:00:00"));
        log.skipTo(5500);
        assertEquals(2025, log.year("Dec  1 00:00:00"));
        log.skipTo(8500);
        assertEquals(2026, log.year("Nov 22 00:00:00"));
    }

    @Test
    void samplesCountTheYearsThatNoLineWasReadFrom() {
        Log log = new Log("UTC", OptionalInt.empty());
        log.part("2026-11-22T18:00", YEARS);
        assertEquals(2024, log.year("Mar  1 00:00:00"));
        log.skipTo(6500);
        assertEquals(2026, log.year("Apr  1 00:00:00"));
    }

    @Test
    void samplesWithoutStampsAreLeftOut() {
        Log log = new Log("UTC", OptionalInt.empty());
        log.part("2026-11-22T18:00", "", "\u0000\u0001", "rest of a line", "postfix/smtpd[1]: x");
        assertEquals(2026, log.year("Nov  1 00:00:00"));
    }

    @Test
    void fileOfSeveralYearsWithoutSamplesIsNeverInTheFutureAndEndsRight() {
        Log log = Log.modified("2026-11-22T18:00");
        log.year("Mar  1 00:00:00");
        assertEquals(2025, log.year("Dec  1 00:00:00"));
        assertEquals(2026, log.year("Jan  1 00:00:00"));
        assertEquals(2026, log.year("Nov 22 00:00:00"));
    }

    @Test
    void followedFileMayGrowOverNewYear() {
        Log log = Log.modified("2026-12-20T00:00");
        assertEquals(2026, log.year("Dec 20 00:00:00"));
        log.modifiedAt("2026-12-31T23:59:59");
        assertEquals(2026, log.year("Dec 31 23:59:59"));
        log.modifiedAt("2027-01-02T10:00:00");
        assertEquals(2027, log.year("Jan  2 10:00:00"));
    }

    @Test
    void hostWithAWrongClockDoesNotMoveTheYear() {
        Log log = Log.modified("2026-11-22T18:00");
        for (int i = 0; i < 5; i++) {
            assertEquals(2026, log.year("Nov 22 10:00:00"));
            assertEquals(2026, log.year("Jan  1 00:00:0" + i));
            assertEquals(2025, log.year("Dec 24 00:00:0" + i));
        }
    }

    @Test
    void hostWithAWrongClockDoesNotMoveAGivenYear() {
        Log log = new Log("UTC", OptionalInt.of(2020)).part("2026-11-22T18:00");
        for (int i = 0; i < 5; i++) {
            assertEquals(2020, log.year("Nov 22 10:00:0" + i));
            log.year("Jan  1 00:00:0" + i);
        }
    }

    @Test
    void smallStepsBackAreTolerated() {
        Log log = Log.modified("2027-03-01T00:00");
        assertEquals(2027, log.year("Feb 20 00:00:00"));
        assertEquals(2027, log.year("Feb 19 23:59:59"));
        assertEquals(2027, log.year("Jan  2 00:00:00"));
        assertEquals(2027, log.year("Feb 21 00:00:00"));
    }

    @Test
    void givenYearIsThatOfTheFirstStampWhateverTheFileSays() {
        Log log = new Log("UTC", OptionalInt.of(2030)).part("2026-11-22T18:00");
        assertEquals(2030, log.year("Dec 31 23:59:59"));
        assertEquals(2031, log.year("Jan  1 00:00:00"));
    }

    @Test
    void givenYearGoesOnInTheNextPart() {
        Log log = new Log("UTC", OptionalInt.of(2020)).part("2026-11-22T18:00");
        assertEquals(2020, log.year("Nov 30 00:00:00"));
        log.part("2026-11-22T18:00");
        assertEquals(2020, log.year("Dec 31 00:00:00"));
        log.part("2026-11-22T18:00", "Jan  1 00:00:00 h t: x");
        assertEquals(2021, log.year("Jan  1 00:00:00"));
    }

    @Test
    void leapDayInAFile() {
        Log log = Log.modified("2028-03-05T00:00");
        assertEquals("2028-02-28T00:00:00Z", log.at("Feb 28 00:00:00").toString());
        assertEquals("2028-02-29T12:00:00Z", log.at("Feb 29 12:00:00").toString());
        assertEquals("2028-03-01T00:00:00Z", log.at("Mar  1 00:00:00").toString());
    }

    @Test
    void leapDayThatContradictsTheYearCorrectsIt() {
        Log log = Log.modified("2026-11-22T18:00");
        assertEquals(2026, log.year("Feb 27 00:00:00"));
        assertEquals(2024, log.year("Feb 29 00:00:00"));
        assertEquals(2024, log.year("Mar  1 00:00:00"));
    }

    @Test
    void leapDayBehindNewYear() {
        Log log = Log.modified("2028-11-22T18:00");
        assertEquals(2028, log.year("Nov 22 00:00:00"));
        log.part("2028-03-01T18:00");
        assertEquals(2027, log.year("Dec 22 00:00:00"));
        assertEquals(2028, log.year("Feb 29 00:00:00"));
        assertEquals(2028, log.year("Mar  1 00:00:00"));
    }

    @Test
    void leapDayInAGivenYearThatIsNoLeapYear() {
        Log log = new Log("UTC", OptionalInt.of(2026)).part("2026-11-22T18:00");
        assertEquals(2024, log.year("Feb 29 00:00:00"));
    }

    @Test
    void stampWithAYearTellsThoseWithout() {
        Log log = Log.modified("2026-11-22T18:00");
        assertEquals(2026, log.year("Nov  1 00:00:00"));
        assertEquals(2023, log.year("2023-11-02T00:00:00Z"));
        assertEquals(2023, log.year("Nov  3 00:00:00"));
        assertEquals(2024, log.year("Jan  3 00:00:00"));
    }

    @Test
    void stampFromTheFarFutureTellsNothing() {
        Log log = Log.modified("2026-11-22T18:00");
        log.year("9999-12-31T23:59:59Z");
        assertEquals(2026, log.year("Nov  3 00:00:00"));
        log.year("9999-12-31T23:59:59Z");
        assertEquals(2026, log.year("Nov  4 00:00:00"));
    }
}
