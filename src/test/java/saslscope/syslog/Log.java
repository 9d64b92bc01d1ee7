package saslscope.syslog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import saslscope.source.Line;
import saslscope.source.LogFile;

/** A log in memory that is read line by line. */
final class Log {
    static final LogFile FILE = new LogFile("/var/log/maillog", 1);

    private final ZoneId zone;
    private final SyslogParser parser;
    private long modified;
    private long offset;
    private long number;

    Log(String zone, OptionalInt year) {
        this.zone = ZoneId.of(zone);
        this.parser = new SyslogParser(this.zone, year);
    }

    /** A log of which one file was written last at that UTC moment. */
    static Log modified(String moment) {
        return new Log("UTC", OptionalInt.empty()).part(moment);
    }

    /** Begins a file; the moment is local time of the log's zone. */
    Log part(String moment, String... samples) {
        modifiedAt(moment);
        offset = 0;
        number = 0;
        List<Sample> taken = new ArrayList<>();
        for (String s : samples) {
            taken.add(new Sample(taken.size() * 1000L, bytes(s)));
        }
        parser.part(() -> modified, taken);
        return this;
    }

    /** The file is written again. */
    void modifiedAt(String moment) {
        modified = LocalDateTime.parse(moment).atZone(zone).toInstant().toEpochMilli();
    }

    /** Leaves out lines up to a place in the file. */
    void skipTo(long place) {
        offset = place;
        number += 100;
    }

    SyslogRecord read(String line) {
        return read(bytes(line));
    }

    SyslogRecord read(byte[] line) {
        Line l = new Line(FILE, offset, ++number, line, false);
        offset += line.length + 1;
        return parser.parse(l);
    }

    /** The moment of a message with that stamp, in UTC. */
    Instant at(String stamp) {
        return read(stamp + " mail postfix/smtpd[12]: connect from unknown[192.0.2.7]").time().toInstant();
    }

    /** The year of a message with that stamp. */
    int year(String stamp) {
        return read(stamp + " mail postfix/smtpd[12]: connect from unknown[192.0.2.7]").time()
            .atZoneSameInstant(zone).getYear();
    }

    /** The message with everything that its header says. */
    static String shown(SyslogRecord r) {
        if (r == null) {
            return "none";
        }
        OffsetDateTime t = r.time();
        return t + "|" + r.host() + "|" + r.tag() + "|" + r.pid() + "|" + (r.repeat() == 1 ? "" : r.repeat() + "x")
            + "|" + r.message();
    }

    static byte[] bytes(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }
}
