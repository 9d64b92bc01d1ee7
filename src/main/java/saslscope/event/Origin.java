package saslscope.event;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import saslscope.source.LogFile;
import saslscope.syslog.SyslogRecord;

/**
 * Where an event comes from, and the words it was read from.
 *
 * @param micros  when it was logged, microseconds since the epoch
 * @param offset  zone offset of the stamp
 * @param host    host name
 * @param tag     syslog tag
 * @param pid     process id, -1 if not logged
 * @param file    the file
 * @param byteOffset  offset of the line in the uncompressed file, in bytes
 * @param number  1-based line number
 * @param hash    64-bit hash of the file's fingerprint, the offset and the line's bytes
 * @param pattern name of the pattern that recognised it
 * @param fields  what the pattern captured
 * @param text    the message, secrets masked
 * @param repeat  how many times it was logged, at least 1
 * @param head    what stands before the message on its line: stamp, host, tag; null where the line has none of its own
 */
public record Origin(long micros, ZoneOffset offset, String host, String tag, int pid, LogFile file, long byteOffset,
                     long number, long hash, String pattern, Map<String, String> fields, String text, int repeat,
                     String head) {

    /** The time with its offset. */
    public OffsetDateTime time() {
        return SyslogRecord.time(micros, offset);
    }

    /**
     * Stable id of the nth event of this line: the same line of the same log gives the same id on every run, also
     * after the log was renamed or compressed.
     *
     * @param nth 0, or more for a line that stands for several messages
     */
    public String id(int nth) {
        return HexFormat.of().toHexDigits(Events.mix(hash ^ 0x2545F4914F6CDD1DL, nth + 0x9FB21C651E98DF25L));
    }

    /**
     * Upper bound of the memory that an event of this line takes. Fields are parts of the text, so each character stands there at
     * most twice, and takes at most two bytes.
     */
    public long bytes() {
        return 500 + 4L * text.length();
    }

    /** The captured field, or null. */
    public String field(String name) {
        return fields.get(name);
    }
}
