package saslscope.probe;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import saslscope.probe.Step.Speaker;
import saslscope.probe.Trial.Outcome;

/** The course of one attempt. */
final class Attempt {
    private static final int CHALLENGE = 334;
    private static final int ACCEPTED = 235;
    /** RFC 4954, 4: a command with an initial response may not be longer. */
    private static final int COMMAND = 510;
    /** Shorter ones are not sought in what the server says: they are in any text. */
    private static final int SHORTEST_SECRET = 4;

    private final Probe probe;
    private final Wire wire;
    private final Instant began;
    private final List<Step> steps = new ArrayList<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private Mechanism mechanism;
    private List<String> offered = List.of();
    private boolean startTls;
    private Layer tls;
    private InetSocketAddress local;
    private InetSocketAddress remote;

    Attempt(Probe probe, Mechanism mechanism) {
        this.probe = probe;
        this.mechanism = mechanism;
        this.wire = new Wire(probe.bounds());
        this.began = probe.time().instant();
        if (probe.login().password() != null) {
            secrets.add(probe.login().password());
        }
    }

    /** What the server says twice is shown masked if it is what was sent in secret. */
    private String masked(String text) {
        String out = text;
        for (String secret : secrets) {
            out = secret.length() < SHORTEST_SECRET ? out : out.replace(secret, "<masked>");
        }
        return out;
    }

    Trial run() {
        try (wire) {
            connect();
            boolean implicit = probe.target().implicit();
            if (implicit) {
                secure();
            }
            banner();
            hello();
            if (!implicit && startTls) {
                upgrade();
                hello();
            } else if (!implicit) {
                note(Stage.TLS, "the server offers no STARTTLS: what follows can be read on the way");
            }
            Trial trial = authenticate();
            quit();
            return new Trial(trial.target(), local, remote, began, tls, offered, mechanism, trial.outcome(), trial.stage(), trial.code(), trial.text(),
                List.copyOf(steps));
        } catch (Trouble e) {
            return ended(e.stage() == Stage.AUTH ? Outcome.REFUSED : Outcome.NO_CONNECTION, e.stage(), e.code(), e.getMessage());
        }
    }

    private Trial ended(Outcome outcome, Stage stage, int code, String text) {
        return new Trial(probe.target(), local, remote, began, tls, offered, mechanism, outcome, stage, code, masked(text), List.copyOf(steps));
    }

    private void note(Stage stage, String text) {
        steps.add(new Step(stage, Speaker.NOTE, masked(text)));
    }

    private void say(Stage stage, String line, String shown) throws IOException {
        steps.add(new Step(stage, Speaker.CLIENT, shown));
        wire.send(line);
    }

    private Reply hear(Stage stage) throws IOException, Trouble {
        Reply reply = wire.reply(stage);
        int last = reply.lines().size() - 1;
        for (int i = 0; i <= last; i++) {
            String text = stage == Stage.AUTH && reply.code() == CHALLENGE ? "<challenge>" : reply.lines().get(i);
            steps.add(new Step(stage, Speaker.SERVER, masked(reply.code() + (i < last ? "-" : " ") + text).strip()));
        }
        return reply;
    }

    private void connect() throws Trouble {
        if (probe.addresses().problem() != null) {
            throw new Trouble(Stage.NAME, probe.addresses().problem());
        }
        List<InetAddress> all = probe.addresses().all();
        note(Stage.NAME, probe.target().host() + " is " + String.join(", ", all.stream().map(InetAddress::getHostAddress).toList()));
        remote = wire.within(Stage.CONNECT, () -> {
            IOException last = null;
            for (InetAddress a : all) {
                try {
                    InetSocketAddress to = new InetSocketAddress(a, probe.target().port());
                    wire.connect(to, probe.bounds().stage().dividedBy(all.size()));
                    return to;
                } catch (IOException e) {
                    last = e;
                }
            }
            throw last == null ? new IOException("the name has no address") : last;
        });
        local = wire.local();
        note(Stage.CONNECT, shown(remote) + " from " + shown(local));
    }

    private static String shown(InetSocketAddress a) {
        String address = a.getAddress().getHostAddress();
        return (a.getAddress() instanceof Inet6Address ? "[" + address + "]" : address) + ":" + a.getPort();
    }

    private void banner() throws Trouble {
        Reply reply = wire.within(Stage.BANNER, () -> hear(Stage.BANNER));
        if (reply.code() != 220) {
            throw new Trouble(Stage.BANNER, reply.code(), reply.text());
        }
    }

    private void hello() throws Trouble {
        String address = local.getAddress().getHostAddress().replaceFirst("%.*", "");
        String hello = "EHLO [" + (local.getAddress() instanceof Inet6Address ? "IPv6:" : "") + address + "]";
        Reply reply = wire.within(Stage.EHLO, () -> {
            say(Stage.EHLO, hello, hello);
            return hear(Stage.EHLO);
        });
        if (reply.code() != 250) {
            throw new Trouble(Stage.EHLO, reply.code(), reply.text());
        }
        startTls = false;
        Set<String> mechanisms = new LinkedHashSet<>();
        for (String line : reply.lines().subList(1, reply.lines().size())) {
            // "AUTH=" is for clients older than RFC 2554 (Postfix: broken_sasl_auth_clients).
            String[] words = line.toUpperCase(Locale.ROOT).split("[ \t=]+");
            startTls |= words[0].equals("STARTTLS");
            if (words[0].equals("AUTH")) {
                List.of(words).subList(1, words.length).stream().filter(w -> w.matches("[A-Z0-9_-]{1,20}")).forEach(mechanisms::add);
            }
        }
        offered = List.copyOf(mechanisms);
    }

    private void upgrade() throws Trouble {
        Reply reply = wire.within(Stage.TLS, () -> {
            say(Stage.TLS, "STARTTLS", "STARTTLS");
            return hear(Stage.TLS);
        });
        if (reply.code() != 220) {
            throw new Trouble(Stage.TLS, reply.code(), reply.text());
        }
        secure();
    }

    private void secure() throws Trouble {
        Trust trust = new Trust(probe.authorities(), probe.target().host(), probe.insecure(), probe.time().instant());
        tls = wire.within(Stage.TLS, () -> {
            if (!probe.target().implicit() && wire.pending()) {
                throw new Trouble(Stage.TLS, "the server sends more before TLS begins: somebody may be writing into the connection");
            }
            try {
                SSLSession session = wire.secure(trust, probe.target().host());
                return new Layer(session.getProtocol(), session.getCipherSuite(), subject(trust), trust.faults());
            } catch (SSLException e) {
                throw new Trouble(Stage.TLS, words(e, trust));
            }
        });
        note(Stage.TLS, tls.protocol() + ", " + tls.cipher() + ", certificate of " + tls.subject()
            + (tls.faults().isEmpty() ? ", verified" : "; NOT VERIFIED: " + String.join("; ", tls.faults())));
    }

    private static String subject(Trust trust) {
        return trust.shown() == null ? "nobody" : trust.shown().getSubjectX500Principal().getName();
    }

    private static String words(SSLException e, Trust trust) {
        String said = String.valueOf(e.getMessage());
        if (!trust.faults().isEmpty() && !trust.insecure()) {
            return "the certificate of " + subject(trust) + " can't be trusted: " + String.join("; ", trust.faults());
        }
        if (said.contains("Unsupported or unrecognized SSL message") || said.contains("plaintext connection")) {
            return "what the server sends is not TLS; does this port begin with plain SMTP (587, 25)?";
        }
        if (said.contains("protocol_version") || said.contains("protocol version")) {
            return "the server and this Java have no TLS version in common (" + said + ")";
        }
        if (said.contains("handshake_failure")) {
            return "the server and this Java have no cipher in common, or it has no certificate (" + said + ")";
        }
        return e instanceof SSLHandshakeException && said.contains("terminated") ? "the server hung up during the TLS handshake" : said;
    }

    private Trial authenticate() throws Trouble {
        if (offered.isEmpty()) {
            return ended(Outcome.REFUSED, Stage.AUTH, 0, "the server offers no AUTH" + (tls == null ? " without TLS" : ""));
        }
        if (mechanism == null) {
            List<Mechanism> choice = Mechanism.withPassword(offered);
            if (choice.isEmpty()) {
                return ended(Outcome.REFUSED, Stage.AUTH, 0, "the server offers " + String.join(" ", offered) + ": none takes a password; choose one with --mechanism");
            }
            mechanism = choice.getFirst();
        } else if (!offered.contains(mechanism.text())) {
            return ended(Outcome.REFUSED, Stage.AUTH, 0, "the server does not offer " + mechanism.text() + ", but " + String.join(" ", offered));
        }
        if (mechanism.bare() && tls == null && !probe.bare() && !remote.getAddress().isLoopbackAddress()) {
            return ended(Outcome.WITHHELD, Stage.AUTH, 0, mechanism.text() + " without TLS would send the password in clear, so it was not sent");
        }
        Exchange exchange = mechanism.exchange(probe.login(), probe.target().host(), probe.nonces().get());
        return wire.within(Stage.AUTH, () -> exchange(exchange));
    }

    private Trial exchange(Exchange exchange) throws IOException, Trouble {
        byte[] initial = exchange.initial();
        String command = "AUTH " + mechanism.text();
        String first = initial == null ? null : initial.length == 0 ? "=" : secret(initial);
        boolean along = first != null && command.length() + 1 + first.length() <= COMMAND;
        say(Stage.AUTH, along ? command + " " + first : command, along ? command + " <initial response, masked>" : command);
        boolean owed = first != null && !along;
        Reply reply = hear(Stage.AUTH);
        for (int i = 0; reply.code() == CHALLENGE; i++) {
            if (i == probe.bounds().exchanges()) {
                return cancelled("the server asks again and again: " + i + " challenges");
            }
            try {
                byte[] answer = owed ? initial : exchange.answer(decoded(reply));
                owed = false;
                exchange.told().forEach(t -> note(Stage.AUTH, t));
                say(Stage.AUTH, answer.length == 0 ? "" : secret(answer), answer.length == 0 ? "<empty response>" : "<response, masked>");
            } catch (Exchange.Broken e) {
                return cancelled(e.getMessage());
            }
            reply = hear(Stage.AUTH);
        }
        if (reply.code() != ACCEPTED) {
            return ended(Outcome.REFUSED, Stage.AUTH, reply.code(), reply.text());
        }
        try {
            exchange.accepted();
            return ended(Outcome.LOGGED_IN, Stage.AUTH, reply.code(), reply.text());
        } catch (Exchange.Broken e) {
            return ended(Outcome.REFUSED, Stage.AUTH, reply.code(), e.getMessage());
        }
    }

    private String secret(byte[] response) {
        String encoded = Base64.getEncoder().encodeToString(response);
        secrets.add(encoded);
        if (!mechanism.bare() && mechanism.takesPassword()) {
            // A digest can be guessed at leisure.
            secrets.add(new String(response, StandardCharsets.UTF_8));
        }
        return encoded;
    }

    private static byte[] decoded(Reply reply) throws Exchange.Broken {
        try {
            return Base64.getDecoder().decode(reply.lines().getLast().strip());
        } catch (IllegalArgumentException e) {
            throw new Exchange.Broken("the challenge is not base64");
        }
    }

    /** RFC 4954, 4: a star cancels, and the server answers 501. */
    private Trial cancelled(String why) throws IOException, Trouble {
        say(Stage.AUTH, "*", "*");
        hear(Stage.AUTH);
        return ended(Outcome.REFUSED, Stage.AUTH, 0, why);
    }

    private void quit() {
        try {
            wire.within(Stage.QUIT, () -> {
                say(Stage.QUIT, "QUIT", "QUIT");
                return hear(Stage.QUIT);
            });
        } catch (Trouble e) {
            note(Stage.QUIT, e.getMessage());
        }
    }
}
