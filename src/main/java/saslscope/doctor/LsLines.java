package saslscope.doctor;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of {@code ls -l}, and those that {@code doctor --save} writes in the same form. */
final class LsLines {
    private static final Pattern LINE = Pattern.compile(
        "([-dlspcb])([-rwxsStT]{9})\\S*\\s+\\d+\\s+(\\S+)\\s+(\\S+)\\s+(\\d+)\\s+(\\S+Z|[A-Z][a-z]{2}\\s+\\d+\\s+[\\d:]+)\\s+(.+)");
    private static final List<String> MONTHS = List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private final ZoneId zone;
    private final Instant taken;

    /**
     * @param zone  of stamps that carry none
     * @param taken when it was printed; {@code ls} leaves the year out for the last half year
     */
    LsLines(ZoneId zone, Instant taken) {
        this.zone = zone;
        this.taken = taken;
    }

    /** The file of a line; null if it is no such line. */
    FileState state(String line) {
        Matcher m = LINE.matcher(line);
        return !m.matches() ? null : new FileState(m.group(1).charAt(0), FileState.mode(m.group(2)), m.group(3), m.group(4),
            Long.parseLong(m.group(5)), changed(m.group(6)));
    }

    /** The name that a line ends with; null if it is no such line. */
    static String name(String line) {
        Matcher m = LINE.matcher(line);
        if (!m.matches()) {
            return null;
        }
        String name = m.group(7);
        int arrow = name.indexOf(" -> ");
        return arrow < 0 ? name : name.substring(0, arrow);
    }

    private Instant changed(String stamp) {
        try {
            if (stamp.endsWith("Z")) {
                return Instant.parse(stamp);
            }
            String[] p = stamp.split("\\s+");
            int month = MONTHS.indexOf(p[0]) + 1;
            int day = Integer.parseInt(p[1]);
            if (!p[2].contains(":")) {
                return LocalDateTime.of(Integer.parseInt(p[2]), month, day, 0, 0).atZone(zone).toInstant();
            }
            String[] hm = p[2].split(":");
            int year = taken.atZone(zone).getYear();
            LocalDateTime t = LocalDateTime.of(year, month, day, Integer.parseInt(hm[0]), Integer.parseInt(hm[1]));
            Instant i = t.atZone(zone).toInstant();
            return i.isAfter(taken.plusSeconds(86_400)) ? t.minusYears(1).atZone(zone).toInstant() : i;
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    /** The line of a file. */
    static String line(FileState s, String path) {
        return String.format(Locale.ROOT, "%s 1 %s %s %d %s %s", s.symbols(), s.owner(), s.group(), s.size(), s.changed(), path);
    }

    /** {@code ls -m}: names with commas between. */
    static List<String> words(List<String> lines) {
        List<String> names = new ArrayList<>();
        for (String word : String.join(" ", lines).split(",\\s*")) {
            String w = word.strip();
            if (!w.isEmpty()) {
                names.add(w.substring(w.lastIndexOf('/') + 1));
            }
        }
        return List.copyOf(names);
    }

    /** A path and its other name: on most systems /var/run is a link to /run. */
    static List<String> alike(String path) {
        return path.startsWith("/var/run/") ? List.of(path, path.substring(4))
            : path.startsWith("/run/") ? List.of(path, "/var" + path) : List.of(path);
    }
}
