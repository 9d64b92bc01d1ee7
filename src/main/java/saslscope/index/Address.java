package saslscope.index;

import java.util.Arrays;

/** IP addresses as 16 bytes, IPv4 mapped into {@code ::ffff:0:0/96}. Never asks a name server. */
final class Address {
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private Address() {
    }

    /** The 16 bytes of an address; null if the text is none. */
    static byte[] parse(String text) {
        if (text.isEmpty() || text.length() > 45) {
            return null;
        }
        return text.indexOf(':') < 0 ? v4(text) : v6(text);
    }

    private static byte[] v4(String text) {
        byte[] out = Arrays.copyOf(MAPPED, 16);
        return v4(text, out) ? out : null;
    }

    /** Reads four decimal numbers into the last four bytes. */
    private static boolean v4(String text, byte[] out) {
        int part = 0;
        int value = -1;
        int digits = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (value < 0 || value > 255 || part > 3) {
                    return false;
                }
                out[12 + part++] = (byte) value;
                value = -1;
                digits = 0;
            } else if (c >= '0' && c <= '9' && ++digits <= 3) {
                value = Math.max(value, 0) * 10 + c - '0';
            } else {
                return false;
            }
        }
        return part == 4;
    }

    private static byte[] v6(String text) {
        byte[] out = new byte[16];
        int end = 16;
        String rest = text;
        int lastColon = rest.lastIndexOf(':');
        if (rest.indexOf('.') > lastColon) {
            if (!v4(rest.substring(lastColon + 1), out)) {
                return null;
            }
            end = 12;
            // "::1.2.3.4" keeps both colons, "a:1.2.3.4" loses its last one.
            rest = lastColon > 0 && rest.charAt(lastColon - 1) == ':' ? rest.substring(0, lastColon + 1) : rest.substring(0, lastColon);
        }
        int gap = rest.indexOf("::");
        if (gap < 0) {
            return groups(rest, out, 0) == end ? out : null;
        }
        if (rest.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        int head = groups(rest.substring(0, gap), out, 0);
        byte[] tail = new byte[18];
        int tailLength = head < 0 ? -1 : groups(rest.substring(gap + 2), tail, 0);
        if (tailLength < 0 || head + tailLength > end - 2) {
            return null;
        }
        System.arraycopy(tail, 0, out, end - tailLength, tailLength);
        return out;
    }

    /** Reads groups of hex digits; returns the index behind the last byte, -1 if they are none. */
    private static int groups(String text, byte[] out, int from) {
        if (text.isEmpty()) {
            return from;
        }
        int at = from;
        int value = 0;
        int digits = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ':';
            if (c == ':') {
                if (digits == 0 || at > 14) {
                    return -1;
                }
                out[at++] = (byte) (value >> 8);
                out[at++] = (byte) value;
                value = 0;
                digits = 0;
            } else {
                int hex = c < 128 ? Character.digit(c, 16) : -1;
                if (hex < 0 || ++digits > 4) {
                    return -1;
                }
                value = value << 4 | hex;
            }
        }
        return at;
    }

    /** The 16 bytes of an IPv4 address of four. */
    static byte[] mapped(byte[] v4) {
        byte[] out = Arrays.copyOf(MAPPED, 16);
        System.arraycopy(v4, 0, out, 12, 4);
        return out;
    }

    static boolean isV4(byte[] address) {
        return Arrays.equals(address, 0, 12, MAPPED, 0, 12);
    }

    /** As text, IPv6 in the form of RFC 5952. */
    static String format(byte[] a) {
        if (isV4(a)) {
            return (a[12] & 255) + "." + (a[13] & 255) + "." + (a[14] & 255) + "." + (a[15] & 255);
        }
        int[] group = new int[8];
        for (int i = 0; i < 8; i++) {
            group[i] = (a[2 * i] & 255) << 8 | a[2 * i + 1] & 255;
        }
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int j = i;
            while (j < 8 && group[j] == 0) {
                j++;
            }
            if (j - i > gapLength) {
                gap = i;
                gapLength = j - i;
            }
        }
        StringBuilder s = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == gap) {
                s.append("::");
                i += gapLength - 1;
            } else {
                if (!s.isEmpty() && s.charAt(s.length() - 1) != ':') {
                    s.append(':');
                }
                s.append(Integer.toHexString(group[i]));
            }
        }
        return s.toString();
    }

    /** The lowest address of a network, or with {@code high} the highest. */
    static byte[] edge(byte[] address, int bits, boolean high) {
        byte[] out = address.clone();
        for (int i = bits; i < 128; i++) {
            int mask = 0x80 >> (i & 7);
            out[i >> 3] = (byte) (high ? out[i >> 3] | mask : out[i >> 3] & ~mask);
        }
        return out;
    }
}
