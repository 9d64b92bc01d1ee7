package saslscope.pattern;

/**
 * Which programs a pattern applies to: a syslog tag in which {@code *} stands for any characters.
 *
 * <p>rsyslog's RFC 5424 output cuts {@code postfix/smtpd} to {@code postfix}, and postlogd's lines can arrive as plain {@code smtpd}: a tag without a
 * slash is therefore also compared with the first and with the last part of the glob.
 */
record Glob(String text) {

    /** True if the tag is this program, or may be it with a part cut off. */
    boolean matches(String tag) {
        if (exactly(tag)) {
            return true;
        }
        int slash = text.indexOf('/');
        return slash > 0 && tag.indexOf('/') < 0
            && (part(text.substring(0, slash), tag) || part(text.substring(text.lastIndexOf('/') + 1), tag));
    }

    private static boolean part(String glob, String tag) {
        return !glob.equals("*") && matches(glob, tag);
    }

    /** True if the whole tag is this program. */
    boolean exactly(String tag) {
        return matches(text, tag);
    }

    boolean literal() {
        return text.indexOf('*') < 0;
    }

    private static boolean matches(String glob, String tag) {
        int gi = 0;
        int ti = 0;
        int star = -1;
        int retry = 0;
        while (ti < tag.length()) {
            if (gi < glob.length() && glob.charAt(gi) == '*') {
                star = gi++;
                retry = ti;
            } else if (gi < glob.length() && glob.charAt(gi) == tag.charAt(ti)) {
                gi++;
                ti++;
            } else if (star >= 0) {
                gi = star + 1;
                ti = ++retry;
            } else {
                return false;
            }
        }
        while (gi < glob.length() && glob.charAt(gi) == '*') {
            gi++;
        }
        return gi == glob.length();
    }
}
