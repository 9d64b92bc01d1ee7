package saslscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import saslscope.definition.DefinitionException;
import saslscope.diagnosis.HostFacts;
import saslscope.export.DocumentWriter;
import saslscope.export.JsonLines;
import saslscope.probe.Addresses;
import saslscope.probe.Authorities;
import saslscope.probe.Bounds;
import saslscope.probe.Login;
import saslscope.probe.Mechanism;
import saslscope.probe.Probe;
import saslscope.probe.Target;
import saslscope.probe.Trial;

/** Tries a login, once for each mechanism, and tells what came of it. */
final class Probing {
    private static final String NONE = "none";
    /** Where saslauthd and PAM write, if not into the mail log. */
    private static final List<String> AUTH_LOGS = List.of("/var/log/auth.log", "/var/log/secure");

    private final Session session;
    private final ProbeCommand options;

    Probing(Session session, ProbeCommand options) {
        this.session = session;
        this.options = options;
    }

    int run() throws DefinitionException, IOException {
        Plan plan = session.plan();
        if (plan.output() == Plan.Output.CSV) {
            throw new Refusal("probe: there is no CSV of a dialogue; choose --output=text or --output=jsonl");
        }
        Target target = target();
        Mechanism mechanism = mechanism();
        Login login = login(mechanism);
        Addresses addresses = Addresses.of(target, Bounds.STANDARD.stage());
        Probe probe = new Probe(target, addresses, login, options.insecure, options.insecurePlaintext, Bounds.STANDARD, authorities(), Probing::nonce,
            session.surroundings().time());
        Caused caused = caused(addresses.here(), login);
        List<Trial> trials = new ArrayList<>();
        if (plan.output() == Plan.Output.JSONL) {
            try (DocumentWriter writer = new JsonLines(session.out())) {
                each(probe, mechanism, caused, found -> writer.write(TrialText.document(found, login)), trials);
            }
        } else {
            TrialText text = new TrialText(session);
            each(probe, mechanism, caused, found -> text.write(found, login, caused.reads()), trials);
            if (options.allMechanisms) {
                text.summary(trials);
            }
        }
        return code(trials);
    }

    /** Takes what came of one attempt. */
    private interface Taker {
        void take(Caused.Found found) throws DefinitionException, IOException;
    }

    private void each(Probe probe, Mechanism mechanism, Caused caused, Taker taker, List<Trial> trials) throws DefinitionException, IOException {
        Caused.Found first = caused.watch(() -> probe.attempt(mechanism));
        trials.add(first.trial());
        taker.take(first);
        for (Mechanism other : options.allMechanisms ? Probe.others(first.trial()) : List.<Mechanism>of()) {
            if (trials.getLast().outcome() == Trial.Outcome.NO_CONNECTION || session.surroundings().stop().getAsBoolean()) {
                break;
            }
            Caused.Found found = caused.watch(() -> probe.attempt(other));
            trials.add(found.trial());
            taker.take(found);
        }
    }

    private static int code(List<Trial> trials) {
        List<Trial.Outcome> outcomes = trials.stream().map(Trial::outcome).toList();
        return outcomes.contains(Trial.Outcome.NO_CONNECTION) ? Exit.UNAVAILABLE : outcomes.contains(Trial.Outcome.REFUSED) ? Exit.NO
            : outcomes.contains(Trial.Outcome.WITHHELD) ? Exit.USAGE : Exit.DONE;
    }

    private Target target() {
        try {
            Target target = Target.parse(options.target);
            return options.implicitTls ? target.withTls() : target;
        } catch (IllegalArgumentException e) {
            throw new Refusal("probe " + Shown.of(options.target) + ": " + e.getMessage());
        }
    }

    private KeyStore authorities() {
        if (options.caFile == null) {
            return null;
        }
        String name = "--ca-file=" + Shown.of(options.caFile);
        try {
            return Authorities.of(Path.of(options.caFile));
        } catch (IllegalArgumentException e) {
            throw new Refusal(name + ": " + e.getMessage() + "; name a file with -----BEGIN CERTIFICATE----- in it");
        } catch (IOException e) {
            throw new Refusal(name + ": " + Reasons.of(e) + "; name a file that you can read");
        }
    }

    private Mechanism mechanism() {
        if (options.mechanism == null) {
            return null;
        }
        if (options.allMechanisms) {
            throw new Refusal("--mechanism and --all-mechanisms contradict each other; choose one");
        }
        return Mechanism.of(options.mechanism).orElseThrow(() -> new Refusal("--mechanism=" + Shown.of(options.mechanism) + ": not one that is done here; "
            + Plan.suggestion(options.mechanism, Stream.of(Mechanism.values()).map(Mechanism::text).toList())));
    }

    private Login login(Mechanism mechanism) {
        text("--user", options.user);
        text("--authzid", options.authzid);
        text("--realm", options.realm);
        if (mechanism == Mechanism.EXTERNAL) {
            return new Login(options.user, options.authzid == null ? options.user : options.authzid, options.realm, null);
        }
        if (options.user == null) {
            throw new Refusal("--user is missing: whose login is to be tried? write --user=NAME as the mail client sends it");
        }
        return new Login(options.user, options.authzid, options.realm, Password.read(session, options.passwordFile));
    }

    private static void text(String option, String value) {
        if (value != null && value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new Refusal(option + "=" + Shown.of(value) + ": it holds control characters, which are part of no name");
        }
    }

    private static String nonce() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }

    private Caused caused(boolean here, Login login) {
        Path root = session.surroundings().host();
        List<String> logs = options.logs;
        boolean journal = false;
        if (logs.equals(List.of(NONE))) {
            logs = List.of();
        } else if (logs.isEmpty() && here) {
            logs = Stream.of(Following.USUAL, AUTH_LOGS).flatMap(kind -> kind.stream().map(f -> root.resolve(f.substring(1))).filter(Files::isReadable).limit(1))
                .map(Path::toString).collect(Collectors.toCollection(ArrayList::new));
            journal = logs.isEmpty() && Files.isExecutable(root.resolve("usr/bin/journalctl"));
        } else if (logs.contains("-")) {
            throw new Refusal("--log=-: a pipe cannot be read while a login is tried; name the log's file");
        }
        for (String log : logs) {
            if (Files.isDirectory(Path.of(log)) || !Files.exists(Path.of(log))) {
                throw new Refusal("--log=" + Shown.of(log) + ": " + (Files.exists(Path.of(log)) ? "is a directory; name the log in it" : "no such file; name the server's log"));
            }
        }
        boolean reads = journal || !logs.isEmpty();
        HostFacts facts = reads ? options.host.facts(session, options.hostRoot, here ? root : null) : HostFacts.NONE;
        return new Caused(session, logs, journal, facts, here, login);
    }
}
