package saslscope.redact;

/** IP addresses as text. Never looks a name up. */
final class AddressText {
    private AddressText() {
    }

    /** Four decimal numbers with dots between, no more and no less; -1 (all bits set in a long) if it is something else. */
    static long v4(String s) {
        long address = 0;
        int parts = 0;
        int i = 0;
        while (i < s.length()) {
            int from = i;
            int n = 0;
            while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9' && i - from < 4) {
                n = n * 10 + s.charAt(i++) - '0';
            }
            if (i == from || i - from > 3 || n > 255) {
                return -1;
            }
            address = address << 8 | n;
            parts++;
            if (i < s.length() && (s.charAt(i++) != '.' || i == s.length())) {
                return -1;
            }
        }
        return parts == 4 ? address : -1;
    }

    static String v4(int a) {
        return (a >>> 24) + "." + (a >>> 16 & 255) + "." + (a >>> 8 & 255) + "." + (a & 255);
    }

    /** The eight groups; null if it is no IPv6 address. */
    static int[] v6(String s) {
        int dot = s.indexOf('.');
        if (dot >= 0) {
            int colon = s.lastIndexOf(':');
            long v4 = colon < 0 ? -1 : v4(s.substring(colon + 1));
            return v4 < 0 ? null : v6(s.substring(0, colon + 1) + Long.toHexString(v4 >> 16) + ":" + Long.toHexString(v4 & 0xffff));
        }
        int gap = s.indexOf("::");
        if (gap < 0) {
            return groups(s, 8, 8);
        }
        if (s.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        int[] left = groups(s.substring(0, gap), 0, 7);
        int[] right = groups(s.substring(gap + 2), 0, 7);
        if (left == null || right == null || left.length + right.length > 7) {
            return null;
        }
        int[] all = new int[8];
        System.arraycopy(left, 0, all, 0, left.length);
        System.arraycopy(right, 0, all, 8 - right.length, right.length);
        return all;
    }

    private static int[] groups(String s, int least, int most) {
        if (s.isEmpty()) {
            return least == 0 ? new int[0] : null;
        }
        String[] words = s.split(":", -1);
        if (words.length < least || words.length > most) {
            return null;
        }
        int[] groups = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            if (words[i].isEmpty() || words[i].length() > 4) {
                return null;
            }
            for (int k = 0; k < words[i].length(); k++) {
                int digit = Character.digit(words[i].charAt(k), 16);
                if (digit < 0) {
                    return null;
                }
                groups[i] = groups[i] << 4 | digit;
            }
        }
        return groups;
    }

    /** RFC 5952: the longest run of zeros is left out, letters are small. */
    static String v6(int[] a) {
        int best = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int k = i;
            while (k < 8 && a[k] == 0) {
                k++;
            }
            if (k - i > length) {
                best = i;
                length = k - i;
            }
        }
        boolean mapped = a[5] == 0xffff && best == 0 && length == 5;
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < (mapped ? 6 : 8); i++) {
            if (i == best) {
                out.append("::");
                i += length - 1;
            } else {
                out.append(out.isEmpty() || out.charAt(out.length() - 1) == ':' ? "" : ":").append(Integer.toHexString(a[i]));
            }
        }
        return mapped ? out + ":" + v4(a[6] << 16 | a[7]) : out.toString();
    }
}
