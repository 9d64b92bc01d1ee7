package saslscope.attempt;

/** Decides whether lines of a verifier process belong to an attempt, and says why. */
final class Grounds {
    private Grounds() {
    }

    /**
     * Joins the group to the attempt if they fit: same host, near in time, and the same user; or, where one of them
     * names no user, nothing that speaks against it. Such a ground is no proof, and the text says so.
     */
    static void join(Verification g, Draft d, JoinLimits limits) {
        if (g.name != d.name && g.name != 0 && d.name != 0) {
            return;
        }
        if (d.ending != Ending.REJECTED || d.outbound || !g.host.equals(d.origin.host())) {
            return;
        }
        long before = d.origin.micros() - g.micros;
        if (before > limits.verifierMicros() || before < -limits.graceMicros()) {
            return;
        }
        if (g.dovecot) {
            joinDovecot(g, d, limits);
        } else if (g.answered && !g.accepted && !g.used && !d.verified && plaintext(d.mechanism)) {
            if (g.about(d.login)) {
                mark(g, d);
                d.join(g.lines, "saslauthd's answer joined: same host, same user, " + near(before), limits);
            } else if (d.login == null && before <= limits.graceMicros()) {
                mark(g, d);
                d.join(g.lines, "saslauthd's answer joined: same host, " + near(before) + "; the verdict names no user, so this is no proof",
                    limits);
            }
        }
    }

    private static void joinDovecot(Verification g, Draft d, JoinLimits limits) {
        if (d.reason != null && !DovecotWords.verdict(d.reason) && d.action.equals("sasl-auth")) {
            return;
        }
        boolean address = g.address != null && d.client != null && g.address.equals(d.client.address());
        if (g.user != null) {
            boolean user = d.login != null && (g.user.equals(d.login) || g.about(d.login));
            if (user && (g.address == null || address) && !g.used) {
                g.used = true;
                d.join(g.lines, "Dovecot's line joined: same host, same user" + (address ? ", same client, " : ", ")
                    + near(d.origin.micros() - g.micros), limits);
            }
        } else if (d.origin.micros() >= g.micros && (g.address == null || address)) {
            // A fault of the backend hits every login near it.
            d.join(g.lines, "Dovecot's line joined: same host, " + near(d.origin.micros() - g.micros)
                + "; it names no user, so this is no proof", limits);
        }
    }

    private static void mark(Verification g, Draft d) {
        g.used = true;
        d.verified = true;
    }

    /** Only these mechanisms hand the password to a verifier (Cyrus SASL lib/checkpw.c). */
    private static boolean plaintext(String mechanism) {
        return mechanism == null || mechanism.equals("PLAIN") || mechanism.equals("LOGIN");
    }

    private static String near(long micros) {
        long s = Math.abs(micros) / 1_000_000L;
        return s == 0 ? "within the same second" : s + " s " + (micros > 0 ? "before" : "after") + " the verdict";
    }
}
