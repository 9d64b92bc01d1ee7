package saslscope.doctor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The plugins of libsasl2 that are installed.
 *
 * @param known  false if the folder could not be listed
 * @param folder where they are; null if not known
 * @param names  {@code plain}, {@code sasldb} ...: the part between {@code lib} and {@code .so}
 */
record Plugins(boolean known, String folder, Set<String> names) {
    /** What a plugin offers, and what it can promise (SASL_SEC_* in plugins/*.c). */
    private static final Map<String, List<String>> MECHANISMS = new TreeMap<>(Map.of(
        "plain", List.of("PLAIN"), "login", List.of("LOGIN"), "crammd5", List.of("CRAM-MD5"), "digestmd5", List.of("DIGEST-MD5"),
        "scram", List.of("SCRAM-SHA-1", "SCRAM-SHA-224", "SCRAM-SHA-256", "SCRAM-SHA-384", "SCRAM-SHA-512"), "ntlm", List.of("NTLM"),
        "gssapiv2", List.of("GSSAPI", "GSS-SPNEGO"), "gs2", List.of("GS2-KRB5", "GS2-IAKERB"), "otp", List.of("OTP"), "anonymous", List.of("ANONYMOUS")));
    private static final Set<String> PLAINTEXT = Set.of("PLAIN", "LOGIN");
    private static final Set<String> ACTIVE = Set.of("SCRAM", "GSSAPI", "GSS-SPNEGO", "GS2", "SRP");
    static final Set<String> AUXPROP = Set.of("sasldb", "sql", "ldapdb");

    static Plugins of(Root root, Platform platform) {
        Set<String> names = new TreeSet<>();
        String folder = null;
        for (String dir : platform.plugins()) {
            if (root.list(dir) instanceof Reading.Found<List<String>> f) {
                folder = folder == null ? dir : folder;
                f.value().stream().filter(n -> n.matches("lib\\w+\\.so")).forEach(n -> names.add(n.substring(3, n.length() - 3)));
            }
        }
        return new Plugins(folder != null, folder, names);
    }

    /** The mechanisms of the installed plugins. EXTERNAL is part of the library. */
    Set<String> mechanisms() {
        Set<String> all = new LinkedHashSet<>();
        MECHANISMS.forEach((plugin, mechanisms) -> {
            if (names.contains(plugin)) {
                all.addAll(mechanisms);
            }
        });
        all.add("EXTERNAL");
        return all;
    }

    /** The plugin of a mechanism; null if nobody knows it. */
    static String plugin(String mechanism) {
        return MECHANISMS.entrySet().stream().filter(e -> e.getValue().contains(mechanism)).map(Map.Entry::getKey).findFirst().orElse(null);
    }

    /** Whether a mechanism meets security options of Postfix (xsasl_cyrus_security.c): {@code noplaintext}, {@code noactive} ... */
    static boolean meets(String mechanism, Set<String> options) {
        return !(options.contains("noplaintext") && PLAINTEXT.contains(mechanism)
            || options.contains("noanonymous") && mechanism.equals("ANONYMOUS")
            || options.contains("noactive") && ACTIVE.stream().noneMatch(mechanism::startsWith)
            || options.contains("forward_secrecy") && !mechanism.equals("OTP") && !mechanism.equals("SRP")
            || options.contains("mutual_auth") && (PLAINTEXT.contains(mechanism) || Set.of("CRAM-MD5", "NTLM", "OTP", "ANONYMOUS").contains(mechanism)));
    }

    static Set<String> lower(List<String> words) {
        Set<String> s = new LinkedHashSet<>();
        words.forEach(w -> s.add(w.toLowerCase(Locale.ROOT)));
        return s;
    }

    /** Mechanisms that need the stored password or a form of it, which no verifier but an auxprop store has. */
    static boolean needsSecret(String mechanism) {
        return mechanism.startsWith("SCRAM-") || Set.of("CRAM-MD5", "DIGEST-MD5", "NTLM", "OTP").contains(mechanism);
    }
}
