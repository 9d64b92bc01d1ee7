package saslscope.syslog;

/** What container tools put before a line of the program inside. */
final class Container {
    private static final int LONGEST = 256;

    private Container() {
    }

    /**
     * The name of a container before the line: {@code mail-1  | } (docker compose logs), {@code [pod/mail-0/postfix] }
     * (kubectl logs --prefix).
     *
     * @return the index behind it, -1 if there is none
     */
    static int name(byte[] b, int from, int to) {
        int end = Math.min(to, from + LONGEST);
        int p = from;
        if (p + 5 < end && b[p] == '[' && b[p + 1] == 'p' && b[p + 2] == 'o' && b[p + 3] == 'd' && b[p + 4] == '/') {
            while (p < end && b[p] > ' ' && b[p] != ']') {
                p++;
            }
            return p + 1 < end && b[p] == ']' && b[p + 1] == ' ' ? p + 2 : -1;
        }
        while (p < end && (Stamp.digit(b[p]) || b[p] >= 'a' && b[p] <= 'z' || b[p] >= 'A' && b[p] <= 'Z'
            || b[p] == '-' || b[p] == '_' || b[p] == '.')) {
            p++;
        }
        int named = p;
        while (p < end && b[p] == ' ') {
            p++;
        }
        return named > from && p > named && p + 1 < end && b[p] == '|' && b[p + 1] == ' ' ? p + 2 : -1;
    }

    /**
     * What follows the stamp of a Kubernetes log file (CRI: {@code stdout F }, {@code stderr P }).
     *
     * @return the index behind it, -1 if there is none
     */
    static int stream(byte[] b, int from, int to) {
        return to - from > 8 && b[from] == 's' && b[from + 1] == 't' && b[from + 2] == 'd'
            && (b[from + 3] == 'o' && b[from + 4] == 'u' && b[from + 5] == 't'
                || b[from + 3] == 'e' && b[from + 4] == 'r' && b[from + 5] == 'r')
            && b[from + 6] == ' ' && (b[from + 7] == 'F' || b[from + 7] == 'P') && b[from + 8] == ' ' ? from + 9 : -1;
    }
}
