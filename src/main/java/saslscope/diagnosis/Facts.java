package saslscope.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import saslscope.attempt.Attempt;
import saslscope.attempt.DovecotWords;
import saslscope.attempt.Ending;
import saslscope.attempt.Service;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;
import saslscope.pattern.Field;

/** All that is known about one attempt, ready to be held against conditions. */
final class Facts {
    /** Entry point of an auxprop plugin (saslplug.h). */
    private static final String AUXPROP_ENTRY = "sasl_auxprop_plug_init";
    /** Before the number of accepted STARTTLS, among the counters of the disconnect line (smtpd.c, smtpd_format_cmd_stats()). */
    private static final String STARTTLS = " starttls=";
    /** Postfix shows a control character as "?". */
    private static final String ODD = " \t\n\u000B\f\r?\"'<>()[]{},;:\\|`$%*=";
    /** sasl_errdetail(): a code, its text and the last error. "checkpass failed" is sasl_checkpass(): a plaintext password. */
    private static final Pattern ERRDETAIL = Pattern.compile("SASL\\(-?\\d{1,3}\\): ([^:]{1,80}): (.*)");

    private final List<Fact> ordered;
    private final List<Origin> lines;
    /** Made when a condition is looked at: most attempts are like one before and need none of it. */
    private Map<String, int[]> whole;
    private final Set<String> patterns = new HashSet<>();

    private Facts(List<Fact> whole, List<Origin> lines) {
        this.ordered = whole;
        this.lines = lines;
    }

    static Facts of(Attempt a, List<Fact> more) {
        List<Fact> f = new ArrayList<>(16 + more.size());
        Origin o = a.origin();
        add(f, "ended", a.ending().text(), o);
        add(f, "direction", a.outbound() ? "outbound" : "inbound", o);
        add(f, "action", a.action(), o);
        add(f, "reason", a.reason(), o);
        add(f, "mechanism", a.mechanism(), o);
        add(f, "mechanism.kind", kind(a.mechanism()), o);
        Matcher detail = a.reason() == null || !a.reason().startsWith("SASL(") ? null : ERRDETAIL.matcher(a.reason());
        if (detail != null && detail.matches()) {
            add(f, "reason", detail.group(1), o);
            add(f, "sasl.detail", detail.group(2), o);
            if (a.mechanism() == null && "checkpass failed".equals(detail.group(2))) {
                add(f, "mechanism.kind", "plaintext", o);
            }
        }
        if (a.mechanism() != null && a.mechanism().startsWith("SCRAM-")) {
            add(f, "mechanism.kind", "scram", o);
        }
        add(f, "user.form", form(a), o);
        add(f, "user.shape", a.login() == null ? null : odd(a.login()) ? "odd" : "usual", o);
        add(f, "server", server(a), o);
        add(f, "service.kind", Service.kind(o.tag()), o);
        add(f, "service.type", Service.type(o), o);
        List<Origin> lines = new ArrayList<>(a.lines().size());
        boolean helper = false;
        boolean refused = false;
        boolean heard = false;
        for (AuthEvent e : a.lines()) {
            lines.add(e.origin());
            helper |= e instanceof AuthEvent.Detail && !e.origin().pattern().equals("SASL_PLAIN_VERIFY_FAILED");
            heard |= e.origin().tag().equals("saslauthd");
            if (e instanceof AuthEvent.Verified v && !v.accepted()) {
                refused = true;
                add(f, "saslauthd.user", v.user() == null ? null : v.user().indexOf('@') < 0 ? "bare" : "with-realm", e.origin());
            }
            if (e instanceof AuthEvent.Disconnected d && d.authAll() > 0 && !Service.wrapped(o.tag())) {
                add(f, "starttls", startedTls(e.origin().text()) ? "yes" : "no", e.origin());
            }
        }
        add(f, "helper", helper ? "some" : "none", null);
        add(f, "saslauthd", refused ? "said-no" : heard ? "heard" : "silent", null);
        for (AuthEvent e : a.started()) {
            add(f, "started", e.origin().pattern(), e.origin());
            if (AUXPROP_ENTRY.equals(e.origin().field(Field.OPTION.text()))) {
                add(f, "auxprop." + e.origin().field(Field.PLUGIN.text()), "refused", e.origin());
            }
        }
        f.addAll(more);
        return new Facts(f, lines);
    }

    private static void add(List<Fact> to, String name, String value, Origin line) {
        if (value != null) {
            to.add(new Fact(name, value, line));
        }
    }

    /** What the mechanism asks of the server: the password itself, a proof of it, a token, or nothing of the kind. */
    static String kind(String mechanism) {
        if (mechanism == null) {
            return null;
        }
        return switch (mechanism) {
            case "PLAIN", "LOGIN" -> "plaintext";
            case "CRAM-MD5", "DIGEST-MD5", "NTLM", "APOP", "OTP" -> "challenge";
            case "XOAUTH2", "OAUTHBEARER" -> "token";
            case "EXTERNAL", "GSSAPI", "GSS-SPNEGO", "ANONYMOUS" -> "external";
            default -> mechanism.startsWith("SCRAM-") ? "challenge" : mechanism.startsWith("GS2-") ? "external" : "other";
        };
    }

    /** Whether no account has such a name: signs that no mail address or system user holds, or a length beyond theirs (RFC 5321 4.5.3.1). */
    private static boolean odd(String login) {
        int at = login.lastIndexOf('@');
        if ((at < 0 ? login.length() : at) > 64 || login.length() > 320 || at != login.indexOf('@')) {
            return true;
        }
        for (int i = 0; i < login.length(); i++) {
            if (ODD.indexOf(login.charAt(i)) >= 0) {
                return true;
            }
        }
        return !login.isEmpty() && "@.-".indexOf(login.charAt(0)) >= 0;
    }

    private static boolean startedTls(String text) {
        int digit = text.indexOf(STARTTLS) + STARTTLS.length();
        return digit >= STARTTLS.length() && digit < text.length() && text.charAt(digit) >= '1' && text.charAt(digit) <= '9';
    }

    private static String form(Attempt a) {
        // What the outcome's line says counts: a login that only the client's response shows has not been looked up.
        if ("(unavailable)".equals(a.origin().field(Field.USER.text()))) {
            return "unavailable";
        }
        if (a.login() != null) {
            return a.realm() == null ? "bare" : "with-realm";
        }
        return "absent";
    }

    /** Which SASL library spoke: by the program, and for Postfix, which has either, by the words of its verdict. */
    private static String server(Attempt a) {
        for (AuthEvent e : a.lines()) {
            if (e.origin().tag().startsWith("dovecot")) {
                return "dovecot";
            }
        }
        return switch (Service.type(a.origin())) {
            case "cyrus-imapd", "sendmail" -> "cyrus";
            case "postfix" -> verdict(a);
            default -> "unknown";
        };
    }

    private static String verdict(Attempt a) {
        if (a.outbound()) {
            return "unknown";
        }
        if (a.reason() == null) {
            // Postfix always writes Cyrus SASL's words; of Dovecot it repeats what reason= held, which may be nothing.
            String tag = a.origin().tag();
            return a.ending() == Ending.REJECTED && (tag.endsWith("smtpd") || tag.equals("postfix")) ? "dovecot" : "unknown";
        }
        return DovecotWords.verdict(a.reason()) ? "dovecot" : "cyrus";
    }

    /**
     * What tells attempts apart for the rules: attempts that are alike in it have the same causes, resting on lines at the
     * same places.
     *
     * @param fields names of the captured fields that rules look at, and whether their values matter
     */
    Likeness likeness(Map<String, Boolean> fields) {
        Likeness k = new Likeness(3 * ordered.size() + 6 * lines.size());
        for (Fact f : ordered) {
            k.add(f.name());
            k.add(f.value());
            k.add(f.line() == null ? f.teller() == null ? "nowhere" : "told" : "line");
        }
        BiConsumer<String, String> field = (name, value) -> {
            Boolean byValue = fields.get(name);
            if (byValue != null) {
                k.add(name);
                k.add(byValue ? value : Likeness.ANY);
            }
        };
        for (Origin o : lines) {
            k.add(Likeness.NEXT);
            k.add(o.pattern());
            o.fields().forEach(field);
        }
        return k;
    }

    /** The line at a place; null if the fact there rests on none. */
    Origin at(int place) {
        return place < lines.size() ? lines.get(place) : ordered.get(place - lines.size()).line();
    }

    /** What the fact at a place says by itself; null if nothing. */
    String told(int place) {
        return place < lines.size() ? null : ordered.get(place - lines.size()).told();
    }

    /**
     * Whether a condition holds.
     *
     * @param rests takes the places of what the condition rests on, if it holds
     */
    boolean hold(Condition c, List<Integer> rests) {
        index();
        if (c.line() == null) {
            return wholeHolds(c, rests);
        }
        for (int i = 0; i < lines.size(); i++) {
            if (c.line().contains(lines.get(i).pattern()) && fieldsHold(c, lines.get(i))) {
                if (!wholeHolds(c, rests)) {
                    return false;
                }
                rests.add(i);
                return true;
            }
        }
        return false;
    }

    /** What is known, in the gate's numbers. */
    long[] known(Gate gate) {
        index();
        return gate.known(ordered, patterns);
    }

    private void index() {
        if (whole == null) {
            whole = new HashMap<>(ordered.size() * 2);
            for (int i = 0; i < ordered.size(); i++) {
                int[] before = whole.get(ordered.get(i).name());
                int[] places = before == null ? new int[1] : Arrays.copyOf(before, before.length + 1);
                places[places.length - 1] = i;
                whole.put(ordered.get(i).name(), places);
            }
            lines.forEach(l -> patterns.add(l.pattern()));
        }
    }

    private static boolean fieldsHold(Condition c, Origin o) {
        for (Condition.Wanted w : c.fields()) {
            if (!w.allows(o.field(w.name()))) {
                return false;
            }
        }
        return true;
    }

    private boolean wholeHolds(Condition c, List<Integer> rests) {
        for (Condition.Wanted w : c.whole()) {
            int found = find(w);
            if (found < 0) {
                return false;
            }
            if (ordered.get(found).line() != null || ordered.get(found).teller() != null) {
                rests.add(lines.size() + found);
            }
        }
        return c.without().isEmpty() || Collections.disjoint(patterns, c.without());
    }

    /** The place of the first fact that is wanted, or -1. */
    private int find(Condition.Wanted w) {
        int[] places = whole.get(w.name());
        if (places != null) {
            for (int place : places) {
                if (w.allows(ordered.get(place).value())) {
                    return place;
                }
            }
        }
        return -1;
    }
}
