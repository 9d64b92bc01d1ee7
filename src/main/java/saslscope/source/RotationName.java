package saslscope.source;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file name taken apart into the log's own name and the mark that rotation gave it: {@code maillog}, {@code maillog.1},
 * {@code maillog.2.gz}, {@code maillog-20261120.xz}, {@code mail.1.log}, {@code maillog.20261120-083012.gz}.
 *
 * @param base       the name of the live file
 * @param date       the digits of a date mark, or empty
 * @param generation of a numbered mark: higher is older; -1 if none
 * @param packed     true if the name has the ending of a compressed file
 */
record RotationName(String base, String date, int generation, boolean packed) {
    /**
     * Oldest first, the live file last. A log that has both dated and numbered parts changed its rotation at some time;
     * the dated ones are taken for the older ones. Of a part that is there twice, the uncompressed one comes first: the
     * other may still be being written.
     */
    static final Comparator<RotationName> OLDEST_FIRST = Comparator
        .comparingInt((RotationName n) -> !n.date.isEmpty() ? 0 : n.generation >= 0 ? 1 : n.packed ? 2 : 3)
        .thenComparing(RotationName::date)
        .thenComparing(RotationName::generation, Comparator.reverseOrder())
        .thenComparing(RotationName::packed);

    private static final List<String> PACKED = List.of(".gz", ".bz2", ".xz", ".zst", ".Z", ".lz4");
    /** logrotate's dateext and its dateformat variants, newsyslog -t, {@code postfix logrotate}. */
    private static final String DATE = "[-._](?<date>(?:19|20)\\d\\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\\d|3[01])"
        + "(?:[-._T]?\\d{2,12}){0,3})";
    private static final String NUMBER = "\\.(?<number>\\d{1,4})";
    private static final Pattern MARKED_AT_END =
        Pattern.compile("(?<base>.+?)(?:" + DATE + "|" + NUMBER + ")");
    private static final Pattern MARKED_BEFORE_LOG =
        Pattern.compile("(?<base>.+?)(?:" + DATE + "|" + NUMBER + ")(?<log>\\.log)");

    static RotationName of(String fileName) {
        String name = fileName;
        boolean packed = false;
        for (String ending : PACKED) {
            if (name.endsWith(ending) && name.length() > ending.length()) {
                name = name.substring(0, name.length() - ending.length());
                packed = true;
                break;
            }
        }
        Matcher m = MARKED_AT_END.matcher(name);
        if (m.matches()) {
            return new RotationName(m.group("base"), digits(m.group("date")), number(m.group("number")), packed);
        }
        m = MARKED_BEFORE_LOG.matcher(name);
        if (m.matches()) {
            return new RotationName(m.group("base") + m.group("log"), digits(m.group("date")),
                number(m.group("number")), packed);
        }
        return new RotationName(name, "", -1, packed);
    }

    /** True for the name that the daemon itself writes to. */
    boolean live() {
        return date.isEmpty() && generation < 0 && !packed;
    }

    private static String digits(String date) {
        return date == null ? "" : date.replaceAll("\\D", "");
    }

    private static int number(String digits) {
        return digits == null ? -1 : Integer.parseInt(digits);
    }
}
