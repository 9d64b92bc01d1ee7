package saslscope.attempt;

/** Reasons that only Postfix's Dovecot client writes (xsasl_dovecot_server.c, smtpd_sasl_glue.c). */
public final class DovecotWords {
    private DovecotWords() {
    }

    /**
     * Whether Dovecot auth, not Cyrus SASL, gave the verdict. Cyrus never leaves the reason empty; Dovecot's own
     * reasons begin with a capital letter, Cyrus SASL's do not.
     */
    public static boolean verdict(String reason) {
        return reason.equals("(reason unavailable)") || reason.isEmpty() || reason.equals("UGFzc3dvcmQ6")
            || reason.equals("VXNlcm5hbWU6") || reason.startsWith("Connection lost to authentication server")
            || Character.isUpperCase(reason.charAt(0));
    }
}
