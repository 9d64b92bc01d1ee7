package saslscope.probe;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DIGEST-MD5 without a security layer, as SMTP uses it (RFC 2831). */
final class DigestMd5 implements Exchange {
    private static final Pattern DIRECTIVE = Pattern.compile("\\G[\\s,]*([A-Za-z0-9-]{1,32})\\s*=\\s*(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|([^\\s,\"]*+))\\s*(?:,|$)");
    private static final int MOST = 64;
    /** RFC 2831, 2.1.1. */
    private static final int LONGEST = 2_048;

    private final Login login;
    private final String uri;
    private final String cnonce;
    private List<String> told = List.of();
    private String proof;
    private boolean proven;

    private record Directive(String name, String value) {
    }

    /**
     * @param uri {@code smtp/host}
     */
    DigestMd5(Login login, String uri, String cnonce) {
        this.login = login;
        this.uri = uri;
        this.cnonce = cnonce;
    }

    @Override
    public byte[] answer(byte[] challenge) throws Broken {
        if (challenge.length > LONGEST) {
            throw new Broken("the challenge is longer than the " + LONGEST + " bytes that DIGEST-MD5 allows");
        }
        List<Directive> said = read(new String(challenge, StandardCharsets.UTF_8));
        if (proof != null) {
            String given = first(said, "rspauth");
            if (given == null || !MessageDigest.isEqual(Simple.utf8(proof), Simple.utf8(given.toLowerCase(Locale.ROOT)))) {
                throw new Broken("the server does not know the password: its response-auth is wrong");
            }
            proven = true;
            told = List.of();
            return new byte[0];
        }
        String nonce = first(said, "nonce");
        if (nonce == null || nonce.isEmpty() || !"md5-sess".equalsIgnoreCase(first(said, "algorithm"))) {
            throw new Broken("the challenge is not one of DIGEST-MD5 (RFC 2831)");
        }
        String qop = first(said, "qop");
        if (qop != null && !List.of(qop.toLowerCase(Locale.ROOT).split("[\\s,]+")).contains("auth")) {
            throw new Broken("the server demands a security layer (qop " + qop + "), which no mail client does beside TLS");
        }
        boolean utf8 = "utf-8".equalsIgnoreCase(first(said, "charset"));
        Charset charset = utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        List<String> realms = said.stream().filter(d -> d.name().equals("realm")).map(Directive::value).toList();
        String realm = login.realm() != null ? login.realm() : realms.isEmpty() ? "" : realms.getFirst();
        told = List.of((realms.isEmpty() ? "the server names no realm" : "the server names the realm " + String.join(", ", realms))
            + "; sent: user " + login.user() + ", realm " + (realm.isEmpty() ? "(empty)" : realm));
        byte[] secret = Hashes.digest("MD5", joined(latin(login.user(), utf8), latin(realm, utf8), latin(login.password(), utf8)));
        List<byte[]> a1 = new ArrayList<>(List.of(secret, nonce.getBytes(charset), Simple.utf8(cnonce)));
        if (login.authzid() != null) {
            a1.add(Simple.utf8(login.authzid()));
        }
        String session = Hashes.hex(Hashes.digest("MD5", joined(a1.toArray(byte[][]::new))));
        proof = response(session, nonce, charset, "");
        String text = (utf8 ? "charset=utf-8," : "") + "username=\"" + quoted(login.user()) + "\",realm=\"" + quoted(realm) + "\",nonce=\"" + quoted(nonce)
            + "\",nc=00000001,cnonce=\"" + cnonce + "\",digest-uri=\"" + quoted(uri) + "\",response=" + response(session, nonce, charset, "AUTHENTICATE")
            + ",qop=auth" + (login.authzid() == null ? "" : ",authzid=\"" + quoted(login.authzid()) + "\"");
        return text.getBytes(charset);
    }

    private String response(String session, String nonce, Charset charset, String method) {
        String a2 = Hashes.hex(Hashes.digest("MD5", Simple.utf8(method + ":" + uri)));
        return Hashes.hex(Hashes.digest("MD5", (session + ":" + nonce + ":00000001:" + cnonce + ":auth:" + a2).getBytes(charset)));
    }

    /** What fits into ISO 8859-1 is hashed so, even where the rest is UTF-8 (RFC 2831, 2.1.2.1). */
    private static byte[] latin(String text, boolean utf8) {
        boolean fits = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
        return text.getBytes(fits || !utf8 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                all.write(':');
            }
            all.writeBytes(parts[i]);
        }
        return all.toByteArray();
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static List<Directive> read(String text) {
        List<Directive> all = new ArrayList<>();
        Matcher m = DIRECTIVE.matcher(text);
        while (m.find() && all.size() < MOST) {
            String value = m.group(2) == null ? m.group(3) : m.group(2).replaceAll("\\\\(.)", "$1");
            all.add(new Directive(m.group(1).toLowerCase(Locale.ROOT), value));
        }
        return all;
    }

    private static String first(List<Directive> all, String name) {
        return all.stream().filter(d -> d.name().equals(name)).map(Directive::value).findFirst().orElse(null);
    }

    @Override
    public void accepted() throws Broken {
        if (!proven) {
            throw new Broken("the server accepts without proving that it knows the password, which DIGEST-MD5 demands");
        }
    }

    @Override
    public List<String> told() {
        return told;
    }
}
