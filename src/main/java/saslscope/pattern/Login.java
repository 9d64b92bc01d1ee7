package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who logs in, as a client's response says it. What else a response holds (password, digest, token) is dropped here.
 *
 * <p>A response is taken only in its mechanism's own form. A name that stands where a password may stand as well is not taken:
 * a client that mixes up the steps must not have its password shown as its name.
 *
 * @param user    the name; null if the response has none
 * @param authzid as whom the client wants to act; null if it does not say
 * @param realm   null if the response has none
 */
record Login(String user, String authzid, String realm) {
    /** A longer one is no name: Cyrus SASL takes 255 bytes (lib/saslutil.h, CANON_BUF_SIZE is larger), Postfix logs fewer. */
    private static final int LONGEST = 255;
    private static final char CTRL_A = 1;

    /** The login in a response; null if the mechanism is not known or the response has another form. */
    static Login of(String mechanism, byte[] response) {
        String text = new String(response, StandardCharsets.UTF_8);
        Login login = switch (mechanism) {
            case "PLAIN" -> plain(text);
            case "LOGIN" -> text.indexOf('\0') >= 0 ? null : new Login(text, null, null);
            case "CRAM-MD5" -> cram(text);
            case "DIGEST-MD5" -> digest(text);
            case "XOAUTH2" -> xoauth2(text);
            case "OAUTHBEARER" -> bearer(text);
            case "EXTERNAL" -> text.indexOf('\0') >= 0 ? null : new Login(null, text, null);
            default -> mechanism.startsWith("SCRAM-") ? scram(text) : null;
        };
        return login == null ? null : login.usable();
    }

    /**
     * Whether a name that was logged is a whole PLAIN response in base64, password included: what a client sends that takes AUTH LOGIN's
     * question for PLAIN's.
     */
    static boolean holdsPassword(byte[] text, int from, int to) {
        if (to - from < 8 || (to - from) % 4 != 0) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!ByteSet.ALNUM.has(text[i] & 255) && text[i] != '+' && text[i] != '/' && text[i] != '=') {
                return false;
            }
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(Arrays.copyOfRange(text, from, to));
            int nuls = 0;
            for (byte b : decoded) {
                nuls += b == 0 ? 1 : 0;
            }
            return nuls == 2;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Login usable() {
        Login l = new Login(name(user), name(authzid), name(realm));
        return l.user == null && l.authzid == null ? null : l;
    }

    private static String name(String s) {
        if (s == null || s.isEmpty()) {
            return null;
        }
        byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
        return bytes.length > LONGEST || holdsPassword(bytes, 0, bytes.length) ? null : s;
    }

    /**
     * A response in the mechanism's form that holds this login and no secret, so that {@link #of} finds the same in it.
     *
     * @param mechanism one in which {@link #of} found this login
     */
    String withoutSecret(String mechanism) {
        String as = authzid == null ? "" : authzid;
        String name = user == null ? "" : user;
        return switch (mechanism) {
            case "PLAIN" -> as + "\0" + name + "\0" + Redactor.MASK;
            case "LOGIN" -> name;
            case "CRAM-MD5" -> name + " " + "0".repeat(32);
            case "DIGEST-MD5" -> "username=" + quoted(name) + (realm == null ? "" : ",realm=" + quoted(realm))
                + (authzid == null ? "" : ",authzid=" + quoted(authzid));
            case "XOAUTH2" -> "user=" + name + CTRL_A + "auth=" + Redactor.MASK + CTRL_A + CTRL_A;
            case "OAUTHBEARER" -> "n,a=" + escaped(name) + "," + CTRL_A + "auth=" + Redactor.MASK + CTRL_A + CTRL_A;
            case "EXTERNAL" -> as;
            default -> "n," + (authzid == null ? "" : "a=" + escaped(authzid)) + ",n=" + escaped(name) + ",r=" + Redactor.MASK;
        };
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String escaped(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    /**
     * RFC 4616: {@code authzid NUL authcid NUL password}. With one NUL the client left the authzid out, and the password may
     * be what stands behind: only what stands before is a name in either reading. Without any, all may be a password.
     */
    private static Login plain(String text) {
        String[] parts = text.split("\0", 3);
        return switch (parts.length) {
            case 3 -> new Login(parts[1], parts[0], null);
            case 2 -> new Login(parts[0], null, null);
            default -> null;
        };
    }

    /** RFC 2195: {@code name SP digest}, the digest in 32 hexadecimal digits. */
    private static Login cram(String text) {
        int space = text.length() - 33;
        if (space < 1 || text.charAt(space) != ' ') {
            return null;
        }
        for (int i = space + 1; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return null;
            }
        }
        return new Login(text.substring(0, space), null, null);
    }

    /** RFC 2831: {@code username="...",realm="...",...}. */
    private static Login digest(String text) {
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int i = 0;
        while (i < text.length()) {
            int equals = text.indexOf('=', i);
            if (equals < 0) {
                break;
            }
            StringBuilder value = new StringBuilder();
            int end = value(text, equals + 1, value);
            if (end < 0) {
                break;
            }
            values.putIfAbsent(text.substring(i, equals).strip(), value.toString());
            i = end;
        }
        String user = values.get("username");
        return user == null ? null : new Login(user, values.get("authzid"), values.get("realm"));
    }

    /** Reads one value, quoted or not; returns where the next one begins, or -1 if it has no end. */
    private static int value(String text, int from, StringBuilder to) {
        int i = from;
        boolean quoted = i < text.length() && text.charAt(i) == '"';
        i += quoted ? 1 : 0;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\' && i + 1 < text.length()) {
                i++;
                to.append(text.charAt(i));
            } else if (c == (quoted ? '"' : ',')) {
                int comma = quoted ? text.indexOf(',', i) : i;
                return comma < 0 ? text.length() : comma + 1;
            } else {
                to.append(c);
            }
        }
        return quoted ? -1 : i;
    }

    /** RFC 5802: {@code n,a=authzid,n=name,r=nonce}. The later response holds no name. */
    private static Login scram(String text) {
        int first = text.indexOf(',');
        int second = first < 0 ? -1 : text.indexOf(',', first + 1);
        boolean header = second > 0 && (text.startsWith("n,") || text.startsWith("y,") || text.startsWith("p="));
        if (!header || !text.startsWith("n=", second + 1)) {
            return null;
        }
        int end = text.indexOf(',', second + 1);
        return end < 0 ? null : new Login(unescaped(text.substring(second + 3, end)), authzid(text.substring(first + 1, second)), null);
    }

    /** RFC 7628: {@code n,a=name,^Ahost=...^Aauth=Bearer token^A^A}. */
    private static Login bearer(String text) {
        int first = text.indexOf(',');
        int second = first < 0 ? -1 : text.indexOf(',', first + 1);
        boolean form = second > 0 && text.startsWith("n,") && text.indexOf(CTRL_A) == second + 1;
        return form ? new Login(authzid(text.substring(first + 1, second)), null, null) : null;
    }

    /** Google's form: {@code user=name^Aauth=Bearer token^A^A}. */
    private static Login xoauth2(String text) {
        int end = text.indexOf(CTRL_A);
        return end > 0 && text.startsWith("user=") && text.startsWith("auth=", end + 1) ? new Login(text.substring(5, end), null, null) : null;
    }

    private static String authzid(String a) {
        return a.startsWith("a=") ? unescaped(a.substring(2)) : null;
    }

    private static String unescaped(String name) {
        return name.replace("=2C", ",").replace("=3D", "=");
    }
}
