package saslscope.probe;

import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Judges a server's certificate as a mail client does, and says in words what is wrong with it. One for each connection. */
final class Trust extends X509ExtendedTrustManager {
    private static final int DNS = 2;
    private static final int IP = 7;

    private final X509TrustManager known;
    private final String host;
    private final boolean insecure;
    private final Instant now;
    private final List<String> faults = new ArrayList<>();
    private X509Certificate shown;

    /**
     * @param authorities who may vouch; null for those that Java knows
     * @param insecure    go on whatever is wrong
     */
    Trust(KeyStore authorities, String host, boolean insecure, Instant now) {
        this.host = host;
        this.insecure = insecure;
        this.now = now;
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            this.known = (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot verify certificates", e);
        }
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** Tells the server by which name it was called. */
    void name(SSLSocket socket, String name) {
        if (!address(name) && name.indexOf('.') > 0) {
            SSLParameters parameters = socket.getSSLParameters();
            try {
                parameters.setServerNames(List.of(new SNIHostName(name)));
                socket.setSSLParameters(parameters);
            } catch (IllegalArgumentException e) {
                // A name that DNS takes and TLS does not (with an underscore) is not sent.
            }
        }
    }

    boolean insecure() {
        return insecure;
    }

    /** What is wrong; empty if nothing is, or if none was shown. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** The server's own certificate; null if none was shown. */
    X509Certificate shown() {
        return shown;
    }

    private void judge(X509Certificate[] chain, String type) throws CertificateException {
        shown = chain[0];
        faults.clear();
        Instant from = shown.getNotBefore().toInstant();
        Instant until = shown.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            faults.add("it expired on " + until);
        } else if (now.isBefore(from)) {
            faults.add("it is not valid before " + from + "; is a clock wrong?");
        }
        named();
        try {
            known.checkServerTrusted(chain, type);
        } catch (CertificateException e) {
            if (!expired(e)) {
                faults.add(stranger(chain));
            } else if (faults.isEmpty()) {
                faults.add("a certificate above it has expired");
            }
        }
        if (!faults.isEmpty() && !insecure) {
            throw new CertificateException(String.join("; ", faults));
        }
    }

    private static boolean expired(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CertificateExpiredException || t instanceof CertificateNotYetValidException) {
                return true;
            }
        }
        return false;
    }

    private static String stranger(X509Certificate[] chain) {
        X509Certificate last = chain[chain.length - 1];
        String issuer = last.getIssuerX500Principal().getName();
        if (last.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
            return chain.length == 1 ? "it is self-signed: nobody that this Java knows vouches for it"
                : "its chain ends in " + issuer + ", whom this Java does not know";
        }
        return "it is issued by " + issuer + ", whom this Java does not know: the server leaves out the certificate between, or it is an authority of its own";
    }

    /** RFC 9525: only the alternative names count, and a star only as the whole leftmost part. */
    private void named() throws CertificateParsingException {
        Collection<List<?>> names = shown.getSubjectAlternativeNames();
        List<String> all = new ArrayList<>();
        if (names != null) {
            for (List<?> name : names) {
                int kind = (Integer) name.get(0);
                if ((kind == DNS || kind == IP) && name.get(1) instanceof String text) {
                    if (kind == DNS ? !address(host) && matches(text, host) : address(host) && same(text, host)) {
                        return;
                    }
                    all.add(text);
                }
            }
        }
        faults.add(all.isEmpty() ? "it names no host (no subjectAltName); its subject is " + shown.getSubjectX500Principal().getName()
            : "it is not for " + host + " but for " + String.join(", ", all.subList(0, Math.min(5, all.size()))) + (all.size() > 5 ? " and others" : ""));
    }

    static boolean matches(String pattern, String host) {
        String p = pattern.toLowerCase(Locale.ROOT);
        String h = host.toLowerCase(Locale.ROOT);
        int dot = h.indexOf('.');
        return p.equals(h) || p.startsWith("*.") && p.indexOf('.', 2) > 0 && dot > 0 && h.substring(dot).equals(p.substring(1));
    }

    private static boolean address(String text) {
        return text.indexOf(':') >= 0 || text.matches("[0-9.]+");
    }

    private static boolean same(String a, String b) {
        try {
            return InetAddress.getByName(a).equals(InetAddress.getByName(b));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        judge(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        judge(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        judge(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return known.getAcceptedIssuers();
    }
}
