package saslscope.doctor;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the certificate of a service: is it there, and is it still valid. smtpd reads it as root, before it is jailed (smtpd.c, pre_jail_init()). */
final class CertificateCheck {
    private static final Pattern PEM = Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

    private final Host host;
    private final Subject s;
    private final Service service;

    CertificateCheck(Host host, Subject subject) {
        this.host = host;
        this.s = subject;
        this.service = subject.service();
    }

    void look() {
        // Chain files come first: with them the others are not read (tls/tls_certkey.c, tls_set_my_certificate_key_info()).
        boolean chains = !service.get("smtpd_tls_chain_files").isEmpty();
        String parameter = chains ? "smtpd_tls_chain_files" : "smtpd_tls_cert_file";
        Set<String> files = new LinkedHashSet<>(service.words(parameter));
        files.forEach(f -> certificate(f, service.place(parameter)));
        String key = service.get("smtpd_tls_key_file");
        if (!chains && !files.contains(key) && key.startsWith("/") && host.root().state(key).absent()) {
            s.note("tls.certificate", "absent", service.place("smtpd_tls_key_file"), "file", key);
        }
    }

    private void certificate(String file, String place) {
        if (!file.startsWith("/")) {
            return;
        }
        switch (host.root().read(file)) {
            case Reading.Absent<String> a -> s.note("tls.certificate", "absent", place, "file", file);
            case Reading.Hidden<String> h -> s.note("tls.certificate", "unknown", place, "file", file, "why", h.why());
            case Reading.Found<String> f -> valid(f.value(), file, place);
        }
    }

    /** The first one is the server's own. */
    private void valid(String text, String file, String place) {
        Matcher m = PEM.matcher(text);
        Instant now = host.root().now();
        if (!m.find() || now == null) {
            return;
        }
        try {
            X509Certificate c = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(m.group().getBytes(StandardCharsets.US_ASCII)));
            Instant from = c.getNotBefore().toInstant();
            Instant until = c.getNotAfter().toInstant();
            s.note("tls.certificate", now.isAfter(until) ? "expired" : now.isBefore(from) ? "not-yet" : "valid", place, "file", file, "from", from.toString(),
                "until", until.toString(), "subject", c.getSubjectX500Principal().getName());
        } catch (CertificateException e) {
            s.note("tls.certificate", "broken", place, "file", file);
        }
    }
}
