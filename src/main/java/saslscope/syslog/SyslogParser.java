package saslscope.syslog;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import saslscope.source.Line;

/**
 * Reads the headers of one log's lines, rotated parts included, in their order. Not for use by several threads.
 *
 * <p>Formats, and who writes them:
 * <ul>
 * <li>{@code Nov  2 16:50:12 mail postfix/smtpd[12]: text}: RFC 3164 section 4.1 as rsyslog
 *     (RSYSLOG_TraditionalFileFormat), syslog-ng and BSD syslogd write it to files, and Postfix's postlogd to
 *     {@code maillog_file}; the day padded with a blank, a zero or nothing; {@code <pri>} before it or not; with a year
 *     before the month or before the hour; without a host; {@code <mail.info>} before the host (FreeBSD syslogd -v) or
 *     {@code mail.info} behind it (busybox).</li>
 * <li>{@code 2026-11-22T16:50:12.123456+01:00 mail postfix/smtpd[12]: text}: rsyslog (RSYSLOG_FileFormat, the default
 *     of Debian 12), syslog-ng with {@code ts-format(iso)}, OpenBSD syslogd -Z.</li>
 * <li>{@code <22>1 2026-11-22T16:50:12.123456+00:00 mail postfix 12 - - text}: RFC 5424 section 6 (rsyslog
 *     RSYSLOG_SyslogProtocol23Format, FreeBSD syslogd -O rfc5424), also without {@code <22>} or {@code <22>1}.</li>
 * <li>{@code journalctl -o} short, short-precise, short-iso, short-iso-precise, short-full and short-unix.</li>
 * <li>Any of these behind what container tools add: {@code mail-1  | } (docker compose), a stamp
 *     ({@code docker logs -t}), {@code 2026-11-22T16:50:12.123Z stdout F } (CRI, Kubernetes),
 *     {@code [pod/mail-0/postfix] } (kubectl). The inner stamp counts if there is one, else the outer.</li>
 * <li>{@code 2026-11-22 16:50:12 login authenticator failed for ...}: Exim's own mainlog, see {@link EximLine}.</li>
 * <li>{@code postfix/smtpd[12]: text} without any stamp, as a container's program writes it: takes the time of the line
 *     before it, or that of the file. Only behind a container prefix, or in a file that has no stamps.</li>
 * </ul>
 *
 * <p>A repeated message ({@code message repeated N times: [ text]} of rsyslog, {@code last message repeated N times} of
 * BSD and classic syslogd) comes out once with its own text and the count. For the second form the message is that of
 * the line just before; if that line was not read by this parser, the words come out as they stand.
 */
public final class SyslogParser {
    /**
     * What a line that repeats an earlier one contains, in both forms. Such a line must reach the parser even if
     * nothing else in it is of interest.
     */
    public static final String REPEATED = "message repeated ";

    private static final byte[] SYSLOGD = "syslogd".getBytes(StandardCharsets.US_ASCII);
    private static final long MICROS = 1_000_000L;

    private final ZoneId zone;
    private final OptionalInt year;
    private final LocalClock clock;
    private final Names names = new Names();
    private final Header header = new Header();
    private final Repetition repetition = new Repetition();

    private LongSupplier modified = () -> 0;
    private List<Sample> samples = List.of();
    private int nextSample;
    /** Null until the file's first year is known. */
    private YearWalk walk;
    private boolean stampedFile;
    private boolean timed;
    private long micros;
    private SyslogRecord last;

    /**
     * A parser for one log.
     *
     * @param zone of stamps that carry none
     * @param year of the log's first stamp, if stamps carry none; empty to find it from the files' times
     */
    public SyslogParser(ZoneId zone, OptionalInt year) {
        this.zone = zone;
        this.year = year;
        this.clock = new LocalClock(zone);
    }

    /**
     * A part of the log begins: its first file, or the next one after a rotation. To be called before its lines.
     *
     * @param modified when the file was last written, in epoch milliseconds; asked again when a stamp seems to come
     *                 from the future, because a file that is followed grows. For a pipe: now
     * @param samples  the file's first line and lines from places all over it, in order, so that the years are right in
     *                 a file of several years; may be empty. A few dozen are enough, at least two for each year
     */
    public void part(LongSupplier modified, List<Sample> samples) {
        this.modified = modified;
        this.samples = samples;
        nextSample = 0;
        stampedFile = false;
        timed = false;
        if (year.isPresent()) {
            walk = walk == null ? new YearWalk(year.getAsInt(), () -> Long.MAX_VALUE) : walk;
            return;
        }
        walk = null;
        List<YearInference.Wall> walls = new ArrayList<>();
        for (Sample s : samples) {
            if (header.read(s.bytes()) && header.stamped && header.stamp.epoch < 0) {
                walls.add(wall(header.stamp));
            }
        }
        if (!walls.isEmpty()) {
            begin(walls);
        }
    }

    /**
     * Reads one line.
     *
     * @return the message; null if the line has no header that can be read
     */
    public SyslogRecord parse(Line line) {
        while (nextSample < samples.size() && samples.get(nextSample).offset() < line.offset()) {
            if (header.read(samples.get(nextSample).bytes()) && header.stamped) {
                step(header.stamp);
            }
            nextSample++;
        }
        byte[] b = line.bytes();
        if (!header.read(b)) {
            return null;
        }
        if (header.stamped) {
            stampedFile = true;
            micros = time() * MICROS + header.stamp.micros;
            timed = true;
        } else if (stampedFile && !header.framed) {
            return null;
        } else if (!timed) {
            micros = clock.seconds(Math.floorDiv(modified.getAsLong(), 1000L)) * MICROS;
            timed = true;
        }
        SyslogRecord found = message(line, b);
        last = found;
        return found;
    }

    private SyslogRecord message(Line line, byte[] b) {
        int from = header.messageFrom;
        int to = b.length;
        int first = from < to ? b[from] : 0;
        if (first == 'l' && daemon(b) && repetition.last(b, from, to) && follows(line)) {
            return new SyslogRecord(line, micros, clock.offset(), last.host(), last.tag(), last.pid(), last.text(),
                last.from(), last.to(), repetition.count);
        }
        String host = names.of(b, header.hostFrom, header.hostTo);
        String tag = header.exim ? "exim" : names.of(b, header.tagFrom, header.tagTo);
        if (first == 'm' && !line.cut() && repetition.quoted(b, from, to)) {
            return new SyslogRecord(line, micros, clock.offset(), host, tag, header.pid, b, repetition.from,
                repetition.to, repetition.count);
        }
        return new SyslogRecord(line, micros, clock.offset(), host, tag, header.pid, b, from, to, 1);
    }

    /** True if the syslog daemon itself speaks: without a tag, or as {@code syslogd} (FreeBSD since 12). */
    private boolean daemon(byte[] b) {
        int length = header.tagTo - header.tagFrom;
        if (length == 0) {
            return true;
        }
        if (length != SYSLOGD.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (b[header.tagFrom + i] != SYSLOGD[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean follows(Line line) {
        return last != null && last.line().number() + 1 == line.number() && last.line().file().equals(line.file());
    }

    /** Seconds since 1970 of the stamp. */
    private long time() {
        Stamp s = header.stamp;
        if (s.epoch >= 0) {
            return clock.seconds(s.epoch);
        }
        int y = step(s);
        return s.offset == Stamp.NO_OFFSET ? clock.seconds(y, s.month, s.day, s.second)
            : clock.seconds(y, s.month, s.day, s.second, s.offset);
    }

    /** The stamp's year, by itself or by what was read before. */
    private int step(Stamp s) {
        if (s.epoch >= 0) {
            return 0;
        }
        if (s.year != 0) {
            if (walk != null) {
                walk.stated(s.year, s.month, s.day, s.second);
            }
            return s.year;
        }
        if (dated()) {
            return nearest(s, header.outer);
        }
        if (walk == null) {
            begin(List.of(wall(s)));
        }
        return walk.next(s.month, s.day, s.second);
    }

    private void begin(List<YearInference.Wall> walls) {
        walk = new YearWalk(YearInference.first(walls, modified.getAsLong(), zone),
            () -> YearInference.newest(modified.getAsLong(), zone));
    }

    /** The year that brings an inner stamp closest to the outer one, not behind it; eight years hold a 29 February. */
    private static int nearest(Stamp inner, Stamp outer) {
        long target = YearWalk.position(outer.year, outer.month, outer.day, outer.second);
        int best = outer.year;
        long distance = Long.MAX_VALUE;
        for (int y = outer.year + 1; y >= outer.year - 8; y--) {
            long later = YearWalk.position(y, inner.month, inner.day, inner.second) - target;
            long d = Math.abs(later);
            if (d < distance && later <= YearWalk.DAY && (inner.month != 2 || inner.day != 29 || Stamp.leap(y))) {
                distance = d;
                best = y;
            }
        }
        return best;
    }

    private YearInference.Wall wall(Stamp s) {
        int y = s.year == 0 && dated() ? nearest(s, header.outer) : s.year;
        return new YearInference.Wall(y, s.month, s.day, s.second);
    }

    /** True if there is an outer stamp with a date. */
    private boolean dated() {
        return header.wrapped && header.outer.year != 0;
    }
}
