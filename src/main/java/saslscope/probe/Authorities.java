package saslscope.probe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/** Who may vouch for a server, instead of those that Java knows. */
public final class Authorities {
    private static final long LARGEST = 8 << 20;

    private Authorities() {
    }

    /**
     * Those in a file of certificates.
     *
     * @param file PEM, one or many, or one in DER
     * @throws IOException if it can't be read
     * @throws IllegalArgumentException if it holds none, saying why
     */
    public static KeyStore of(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IllegalArgumentException("too large for certificates");
        }
        try {
            KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
            keys.load(null, null);
            int number = 0;
            for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
                keys.setCertificateEntry(String.valueOf(++number), c);
            }
            if (number == 0) {
                throw new IllegalArgumentException("no certificate in it");
            }
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no certificates that this Java can read", e);
        }
    }
}
