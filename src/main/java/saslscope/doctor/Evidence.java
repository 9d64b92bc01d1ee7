package saslscope.doctor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import saslscope.attempt.Attempt;
import saslscope.diagnosis.Fact;
import saslscope.diagnosis.HostFacts;
import saslscope.event.AuthEvent;
import saslscope.event.Origin;

/**
 * What one look at a host says about an attempt: the facts that all services agree on from which the attempt's lines may be,
 * and three of the attempt's own.
 *
 * <ul><li>{@code host.current}: {@code no} if something that the facts rest on was changed after the attempt, or the snapshot was taken before
 * it, else {@code yes};
 * <li>{@code host.user}: {@code listed}, {@code other-case}, {@code other-realm}, {@code unlisted} in the sasldb2 that was asked;
 * <li>{@code host.mechanism}: {@code offered}, {@code not-installed}, {@code not-listed};
 * <li>{@code host.asks}: who decides for that kind of mechanism: {@code sasldb}, {@code sql}, {@code ldapdb}, {@code saslauthd},
 * {@code dovecot}, several with a plus between, {@code nothing}.</ul>
 */
final class Evidence implements HostFacts {
    private final Examination seen;
    private final Set<String> names;
    private final Map<List<Subject>, Instant> changes = new HashMap<>();
    private final Map<String, List<Subject>> byTag = new HashMap<>();
    private final Map<List<Subject>, List<Fact>> shared = new HashMap<>();

    /**
     * @param named only attempts whose log names this host; else all
     */
    Evidence(Examination seen, boolean named) {
        this.seen = seen;
        this.names = named ? seen.names() : null;
    }

    @Override
    public List<Fact> about(Attempt a) {
        if (names != null && !names.contains(a.origin().host())) {
            return List.of();
        }
        List<Subject> subjects = byTag.computeIfAbsent((a.outbound() ? ">" : "<") + a.origin().tag(), t -> subjects(a));
        if (subjects.isEmpty()) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>(shared.computeIfAbsent(subjects, Evidence::common));
        Instant changed = changes.computeIfAbsent(subjects, s -> seen.changes(s).values().stream().max(Instant::compareTo).orElse(Instant.EPOCH));
        Instant then = a.origin().time().toInstant();
        // A log's stamp is cut to the second: what changed within it may have changed after the attempt.
        boolean since = changed.isAfter(then) || seen.taken() != null && then.isAfter(seen.taken());
        facts.add(new Fact("host.current", since ? "no" : "yes", null));
        if (!a.outbound()) {
            user(a, subjects, facts);
            asks(a, subjects, facts);
            mechanism(a, subjects, facts);
        }
        return facts;
    }

    /** The services that may have written the attempt's lines: by their tag, else all of that kind. */
    private List<Subject> subjects(Attempt a) {
        String fact = a.outbound() ? "relay.auth" : "auth";
        List<Subject> on = seen.subjects().stream().filter(s -> s.service() != null)
            .filter(s -> s.has(fact, "on") || !a.outbound() && s.has(fact, "off", "off-submission")).toList();
        String tag = a.origin().tag();
        List<Subject> same = on.stream().filter(s -> s.service().tag().equals(tag)).toList();
        if (same.isEmpty() && (tag.equals("postfix") || !tag.contains("/"))) {
            // rsyslog cuts the tag at the slash, and postlogd leaves the first part out in the auth log.
            same = on.stream().filter(s -> s.service().tag().endsWith("/" + tag) || s.service().tag().startsWith(tag + "/")).toList();
        }
        if (same.isEmpty() && a.outbound()) {
            // What the relay host's own smtpd says of us, where it writes to the same log.
            return on;
        }
        if (a.reason() != null || a.outbound()) {
            // A verdict comes from where AUTH is on.
            List<Subject> verdict = same.stream().filter(s -> s.has(fact, "on")).toList();
            return verdict.isEmpty() ? same : verdict;
        }
        return same;
    }

    private static List<Fact> common(List<Subject> subjects) {
        Map<String, Set<String>> first = facts(subjects.getFirst());
        for (Subject s : subjects.subList(1, subjects.size())) {
            Map<String, Set<String>> more = facts(s);
            first.entrySet().removeIf(e -> !e.getValue().equals(more.get(e.getKey())));
        }
        List<Fact> facts = new ArrayList<>();
        first.forEach((name, values) -> values.forEach(v -> facts.add(new Fact(name, v, null))));
        return List.copyOf(facts);
    }

    private static Map<String, Set<String>> facts(Subject s) {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        s.notes().stream().filter(n -> !n.fact().equals("host.offers") && !n.fact().equals("host.mechanism.missing"))
            .forEach(n -> all.computeIfAbsent(n.fact(), k -> new TreeSet<>()).add(n.value()));
        return all;
    }

    /** Who has an account with Dovecot, where one password file says it all. */
    private void dovecotUser(Attempt a, List<Fact> facts) {
        String key = a.login() == null ? null : seen.host().dovecot().key(a.login());
        if (key != null) {
            facts.add(new Fact("host.user", seen.host().dovecotNames().contains(key) ? "listed" : "unlisted", null));
        }
    }

    private void user(Attempt a, List<Subject> subjects, List<Fact> facts) {
        if (subjects.stream().allMatch(s -> s.has("dovecot.accounts", "known"))) {
            dovecotUser(a, facts);
            return;
        }
        String asked = null;
        Origin by = null;
        for (AuthEvent e : a.lines()) {
            if (e.origin().pattern().equals("SASLAUTHD_AUTH_FAILURE")) {
                by = e.origin();
                String name = by.field("user");
                String realm = by.field("realm");
                if (name != null) {
                    asked = name.indexOf('@') < 0 && realm != null && !realm.isEmpty() ? name + "@" + realm : name;
                }
            }
        }
        boolean sasldb = subjects.stream().allMatch(s -> s.has("sasldb", "ok", "empty"));
        boolean behind = by != null && subjects.stream().allMatch(s -> s.has("saslauthd.backend", "sasldb"));
        String login = behind ? asked : a.login();
        if (login == null || !sasldb && !behind) {
            return;
        }
        Set<String> fates = new TreeSet<>();
        for (Subject s : subjects) {
            Accounts accounts = accounts(s, behind);
            String realm = StoreCheck.realm(s.service());
            if (!accounts.known() || realm.isEmpty() && login.indexOf('@') < 0) {
                return;
            }
            fates.add(accounts.fate(login, realm));
        }
        if (fates.size() == 1) {
            facts.add(new Fact("host.user", fates.iterator().next(), by));
        }
    }

    /** Mechanisms that need a secret never ask a verifier; the others never ask a store but through it. */
    private static void asks(Attempt a, List<Subject> subjects, List<Fact> facts) {
        Set<String> values = new TreeSet<>();
        for (Subject s : subjects) {
            boolean secret = a.mechanism() != null && Plugins.needsSecret(a.mechanism().toUpperCase(Locale.ROOT)) && !s.has("sasl.type", "dovecot");
            values.addAll(s.values(secret ? "secrets" : "lookup"));
        }
        if (a.mechanism() != null && values.size() == 1) {
            facts.add(new Fact("host.asks", values.iterator().next(), null));
        }
    }

    private Accounts accounts(Subject s, boolean behind) {
        Host host = seen.host();
        String usual = host.platform().sasldb();
        return behind ? host.accounts(usual) : host.accounts(s.notes().stream().filter(n -> n.fact().equals("host.sasldb"))
            .map(n -> n.words().getOrDefault("outside", usual)).findFirst().orElse(usual));
    }

    private static void mechanism(Attempt a, List<Subject> subjects, List<Fact> facts) {
        if (a.mechanism() == null || !subjects.stream().allMatch(s -> s.has("mechanisms", "some"))) {
            return;
        }
        String m = a.mechanism().toUpperCase(Locale.ROOT);
        Set<String> values = new TreeSet<>();
        for (Subject s : subjects) {
            values.add(s.has("offers", m) ? "offered" : s.has("mechanism.missing", m) ? "not-installed" : "not-listed");
        }
        if (values.size() == 1) {
            facts.add(new Fact("host.mechanism", values.iterator().next(), null));
        }
    }
}
