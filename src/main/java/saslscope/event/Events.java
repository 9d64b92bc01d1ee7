package saslscope.event;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import saslscope.pattern.Field;
import saslscope.pattern.Match;
import saslscope.source.Line;
import saslscope.syslog.SyslogRecord;

/** Makes events of matches. */
public final class Events {
    /** A header with what container tools put before it is shorter; anything longer is not worth its memory. */
    private static final int LONGEST_HEAD = 300;
    /** UTF-16 units of a message that are kept. Postfix cuts its own at 2 kB (src/global/maillog_client.c, msg_vstream). */
    private static final int LONGEST_TEXT = 4_000;
    /** UTF-16 units of a field that are kept: an address has at most 320 octets (RFC 5321 section 4.5.3.1), a PLAIN name 255 (RFC 4616). */
    private static final int LONGEST_FIELD = 600;
    /** Behind what was cut. */
    private static final String CUT = "\u2026";

    private Events() {
    }

    /**
     * The event of a match.
     *
     * @return null for a kind that carries nothing (ignored lines)
     */
    public static AuthEvent of(Match m) {
        Origin o = origin(m);
        return switch (m.event()) {
            case CONNECT -> new AuthEvent.Connected(o, client(o));
            case DISCONNECT -> disconnected(o);
            case AUTH_FAILED -> new AuthEvent.Rejected(o, client(o), mechanism(o), text(o, Field.REASON), login(o));
            case AUTH_ABORTED -> new AuthEvent.Aborted(o, client(o), mechanism(o));
            case AUTH_SUCCEEDED -> new AuthEvent.Accepted(o, client(o), mechanism(o), login(o));
            case AUTH_REFUSED -> new AuthEvent.Refused(o, client(o), text(o, Field.SERVICE));
            case HANGUP -> new AuthEvent.HungUp(o, client(o), text(o, Field.ACTION), text(o, Field.STAGE));
            case AUTH_DETAIL -> new AuthEvent.Detail(o);
            case VERIFIER_FAILED -> verified(o, false);
            case VERIFIER_SUCCEEDED -> verified(o, true);
            case VERIFIER_DETAIL -> new AuthEvent.VerifierDetail(o, text(o, Field.USER));
            case PROCESS_START -> new AuthEvent.ProcessStart(o);
            case SETUP_ERROR -> new AuthEvent.SetupFault(o);
            case SERVICE_CHANGED -> new AuthEvent.ServiceChanged(o, text(o, Field.ACTION));
            case RELAY_DENIED -> new AuthEvent.RelayDenied(o, client(o));
            case SENDER_DENIED -> new AuthEvent.SenderDenied(o, client(o), login(o));
            case TLS_FAILED -> new AuthEvent.TlsFailed(o, client(o));
            case OUTBOUND_FAILED -> new AuthEvent.RelayFailed(o, text(o, Field.QUEUE), text(o, Field.SERVER_NAME),
                text(o, Field.SERVER_ADDRESS), number(o, Field.SERVER_PORT), text(o, Field.REASON));
            case OUTBOUND_SUCCEEDED -> new AuthEvent.RelayDelivered(o, text(o, Field.QUEUE),
                text(o, Field.SERVER_NAME), text(o, Field.SERVER_ADDRESS), number(o, Field.SERVER_PORT));
            case OUTBOUND_DETAIL -> new AuthEvent.RelayDetail(o, text(o, Field.QUEUE));
            case LOGIN_FAILED -> elsewhere(o, false);
            case LOGIN_SUCCEEDED -> elsewhere(o, true);
            case TRACE -> new AuthEvent.Trace(o);
            case IGNORED -> null;
        };
    }

    private static Origin origin(Match m) {
        SyslogRecord r = m.record();
        Line l = r.line();
        return new Origin(r.micros(), r.offset(), r.host(), r.tag(), r.pid(), l.file(), l.offset(), l.number(),
            hash(l), m.pattern(), bounded(m.fields()), bounded(m.text(), LONGEST_TEXT), r.repeat(), head(r));
    }

    /** Tables hold names for long: what a client sends must not decide how much memory that takes. */
    private static Map<String, String> bounded(Map<String, String> fields) {
        Longest longest = new Longest();
        fields.forEach(longest);
        if (longest.units <= LONGEST_FIELD) {
            return fields;
        }
        Map<String, String> cut = new LinkedHashMap<>(fields);
        cut.replaceAll((name, v) -> bounded(v, LONGEST_FIELD));
        return cut;
    }

    /** UTF-16 units of the longest value. No lambda: see docs/RATIONALE.md, "Why are there so few lambdas where attempts pass?". */
    private static final class Longest implements BiConsumer<String, String> {
        private int units;

        @Override
        public void accept(String name, String value) {
            units = Math.max(units, value.length());
        }
    }

    private static String bounded(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most) + CUT;
    }

    /** The bytes before the message; of a line that repeats an earlier one there are none that belong to the message. */
    private static String head(SyslogRecord r) {
        byte[] b = r.line().bytes();
        return r.text() == b && r.from() > 0 && r.from() <= LONGEST_HEAD ? new String(b, 0, r.from(), StandardCharsets.UTF_8) : null;
    }

    private static AuthEvent disconnected(Origin o) {
        int ok = number(o, Field.AUTH_OK);
        int all = number(o, Field.AUTH_ALL);
        if (ok < 0) {
            // Postfix >= 3.0 ends the line with command counters; a command that did not occur has none.
            ok = o.text().contains(" commands=") ? 0 : -1;
            all = ok;
        } else if (all < 0) {
            all = ok;
        }
        return new AuthEvent.Disconnected(o, client(o), ok, all);
    }

    private static AuthEvent verified(Origin o, boolean accepted) {
        return new AuthEvent.Verified(o, accepted, text(o, Field.USER), text(o, Field.REALM), text(o, Field.BACKEND),
            text(o, Field.REASON));
    }

    private static AuthEvent elsewhere(Origin o, boolean accepted) {
        return new AuthEvent.Login(o, accepted, text(o, Field.SERVICE), client(o), mechanism(o), login(o),
            text(o, Field.REASON));
    }

    /** The client of the line; null if it names none. */
    private static Client client(Origin o) {
        String name = text(o, Field.CLIENT_NAME);
        String address = text(o, Field.CLIENT_ADDRESS);
        if (address == null) {
            address = text(o, Field.RHOST);
        }
        return name == null && address == null ? null : new Client(name, address, number(o, Field.CLIENT_PORT));
    }

    private static String mechanism(Origin o) {
        String m = text(o, Field.MECHANISM);
        return m == null ? null : m.toUpperCase(Locale.ROOT);
    }

    /** The login; "(unavailable)" is Postfix's way to say that there is none (smtpd_sasl_glue.c). */
    private static String login(Origin o) {
        String u = text(o, Field.USER);
        return u == null || u.equals("(unavailable)") ? null : u;
    }

    private static String text(Origin o, Field f) {
        String s = o.field(f.text());
        return s == null || s.isEmpty() ? null : s;
    }

    private static int number(Origin o, Field f) {
        String s = o.field(f.text());
        if (s == null || s.isEmpty() || s.length() > 9) {
            return -1;
        }
        int n = 0;
        for (int i = 0; i < s.length(); i++) {
            int d = s.charAt(i) - '0';
            if (d < 0 || d > 9) {
                return -1;
            }
            n = n * 10 + d;
        }
        return n;
    }

    /** 64-bit hash of where the line stood and of its bytes; the base of every id. */
    private static long hash(Line l) {
        long h = mix(l.file().fingerprint() ^ 0x9E3779B97F4A7C15L, l.offset() ^ 0xBF58476D1CE4E5B9L);
        byte[] b = l.bytes();
        int i = 0;
        for (; i + 8 <= b.length; i += 8) {
            h = mix(h ^ (long) LONG.get(b, i), 0xA0761D6478BD642FL);
        }
        long last = 0;
        for (; i < b.length; i++) {
            last = last << 8 | b[i] & 0xFF;
        }
        return mix(h ^ last, b.length ^ 0xE7037ED1A0B428DBL);
    }

    private static final java.lang.invoke.VarHandle LONG =
        java.lang.invoke.MethodHandles.byteArrayViewVarHandle(long[].class, java.nio.ByteOrder.LITTLE_ENDIAN);

    static long mix(long a, long b) {
        return Math.unsignedMultiplyHigh(a, b) ^ a * b;
    }
}
