package saslscope.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority of our own and what it vouches for, made with the JDK's keytool. */
final class Certificates {
    private static final char[] STORE = "changeit".toCharArray();
    private final Path store;

    /** Makes the authority. */
    Certificates(Path folder) throws IOException {
        store = folder.resolve("keys.p12");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-keyalg", "EC", "-validity", "30");
    }

    private byte[] keytool(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        all.addAll(List.of(words));
        all.addAll(List.of("-keystore", store.toString(), "-storepass", new String(STORE), "-storetype", "PKCS12"));
        Process p = new ProcessBuilder(all).redirectErrorStream(true).start();
        p.getOutputStream().close();
        byte[] out = p.getInputStream().readAllBytes();
        try {
            if (!p.waitFor(20, TimeUnit.SECONDS) || p.exitValue() != 0) {
                throw new IOException("keytool: " + new String(out, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return out;
    }

    /** The authority's certificate. */
    String authority() throws IOException {
        return pem("CERTIFICATE", encoded("ca"));
    }

    /**
     * Key and chain for a server.
     *
     * @param name    for which it is good
     * @param began   {@code -startdate} of keytool
     * @param days    how long from then
     * @param vouched by the authority; else by itself
     */
    String server(String name, String began, int days, boolean vouched) throws IOException {
        List<String> words = new ArrayList<>(List.of("-genkeypair", "-alias", name + began, "-dname", "CN=" + name, "-ext", "san=dns:" + name, "-keyalg", "EC",
            "-startdate", began, "-validity", String.valueOf(days)));
        if (vouched) {
            words.addAll(List.of("-signer", "ca"));
        }
        keytool(words.toArray(String[]::new));
        try {
            KeyStore keys = open();
            Key key = keys.getKey(name + began, STORE);
            StringBuilder b = new StringBuilder(pem("PRIVATE KEY", key.getEncoded()));
            for (Certificate c : keys.getCertificateChain(name + began)) {
                b.append(pem("CERTIFICATE", c.getEncoded()));
            }
            return b.toString();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private byte[] encoded(String alias) throws IOException {
        try {
            return open().getCertificate(alias).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private KeyStore open() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE);
        }
        return keys;
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }
}
