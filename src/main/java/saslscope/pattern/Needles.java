package saslscope.pattern;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Chooses the strings by which a block scan finds the lines that patterns can match: few, and rare in ordinary lines.
 *
 * <p>Each pattern offers sets of literals; every match contains one literal of each set. A needle is one or more whole words of a literal.
 * Needles are taken greedily: first the one that serves most patterns for its price, and the price is how many kinds of ordinary line hold
 * it. In the end each is made as long as the literals that it serves allow.
 */
final class Needles {
    private static final int SHORTEST = 4;
    private static final int LONGEST = 24;
    private static final List<String> ALWAYS = List.of("message repeated ");
    /** What a mail log mostly consists of. A needle that occurs here selects lines for nothing. */
    private static final List<String> ORDINARY = List.of(
        "postfix/smtpd[1]: connect from unknown[192.0.2.1]",
        "postfix/smtpd[1]: disconnect from unknown[192.0.2.1] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5",
        "postfix/smtpd[1]: 4Z: client=unknown[192.0.2.1]",
        "postfix/cleanup[1]: 4Z: message-id=<a@example.com>",
        "postfix/qmgr[1]: 4Z: from=<a@example.com>, size=1, nrcpt=1 (queue active)",
        "postfix/smtp[1]: 4Z: to=<a@example.com>, relay=mx[192.0.2.1]:25, delay=1, delays=1/1/1/1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4Z)",
        "postfix/lmtp[1]: 4Z: to=<a@example.com>, orig_to=<b>, relay=mail[private/dovecot-lmtp], delay=1, status=sent (250 2.0.0 Saved)",
        "postfix/qmgr[1]: 4Z: removed",
        "postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 554 5.7.1 Service unavailable; Client host blocked using zen; proto=ESMTP helo=<a>",
        "postfix/smtpd[1]: warning: hostname a does not resolve to address 192.0.2.1: Name or service not known",
        "postfix/smtpd[1]: lost connection after CONNECT from unknown[192.0.2.1]",
        "postfix/smtpd[1]: Anonymous TLS connection established from unknown[192.0.2.1]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384"
            + " (256/256 bits) key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256",
        "postfix/anvil[1]: statistics: max connection rate 1/60s for (smtp:192.0.2.1) at Nov 22",
        "postfix/postscreen[1]: CONNECT from [192.0.2.1]:1 to [192.0.2.2]:25",
        "dovecot: imap-login: Login: user=<a>, method=PLAIN, rip=192.0.2.1, lip=192.0.2.2, mpid=1, TLS, session=<a>",
        "dovecot: imap(a)<1><b>: Logged out in=1 out=1 deleted=0 expunged=0",
        "CRON[1]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)",
        "sshd[1]: pam_unix(sshd:session): session closed for user root",
        "systemd[1]: Started Session 1 of user root.");

    private final List<Want> open = new ArrayList<>();
    private final Map<String, Double> prices = new HashMap<>();
    private final Set<String> chosen = new LinkedHashSet<>();
    /** The literals that are found by a needle and by no earlier one. */
    private final Map<String, List<String>> found = new HashMap<>();

    private Needles() {
    }

    /** What one pattern offers, and which needle finds each literal so far. */
    private static final class Want {
        private final String[][] sets;
        private final String[][] needles;

        Want(List<Set<String>> sets) {
            this.sets = sets.stream().map(s -> s.toArray(String[]::new)).toArray(String[][]::new);
            this.needles = sets.stream().map(s -> new String[s.size()]).toArray(String[][]::new);
        }

        /** Notes a new needle; returns the index of the first set whose literals are all found, or -1. */
        int take(String needle) {
            int served = -1;
            for (int i = sets.length - 1; i >= 0; i--) {
                boolean all = true;
                for (int k = 0; k < sets[i].length; k++) {
                    if (needles[i][k] == null && sets[i][k].contains(needle)) {
                        needles[i][k] = needle;
                    }
                    all &= needles[i][k] != null;
                }
                served = all ? i : served;
            }
            return served;
        }
    }

    /** One way to go on: a needle, and what it is worth at most. */
    private record Offer(String piece, double value) {
    }

    static List<byte[]> choose(List<Pattern> patterns) {
        Needles needles = new Needles();
        for (Pattern p : patterns) {
            if (p.definition().yields() || p.definition().about().isPresent()) {
                List<Set<String>> sets = sets(p);
                if (sets.isEmpty()) {
                    return List.of();
                }
                needles.open.add(new Want(sets));
            }
        }
        ALWAYS.forEach(needles::choose);
        needles.cover();
        return needles.result().stream().map(Literals::bytes).toList();
    }

    /** The sets of literals of which every matching line contains one; the tag counts where programs have plain names. */
    private static List<Set<String>> sets(Pattern p) {
        List<Set<String>> sets = new ArrayList<>(Literals.required(p.node()));
        boolean named = !p.globs().isEmpty() && p.globs().stream().allMatch(g -> g.literal() && g.text().indexOf('/') < 0);
        if (named) {
            Set<String> names = new LinkedHashSet<>();
            p.globs().forEach(g -> names.add(g.text()));
            sets.add(names);
        }
        return sets;
    }

    /** Adds a needle, and lets go of the patterns that need no other. */
    private void choose(String needle) {
        chosen.add(needle);
        open.removeIf(want -> {
            int set = want.take(needle);
            for (int k = 0; set >= 0 && k < want.sets[set].length; k++) {
                found.computeIfAbsent(want.needles[set][k], n -> new ArrayList<>()).add(want.sets[set][k]);
            }
            return set >= 0;
        });
    }

    /** Adds needles until each pattern has a set whose literals all contain one. */
    private void cover() {
        Map<String, Map<Want, Double>> serves = new HashMap<>();
        Map<String, Set<String>> known = new HashMap<>();
        for (Want want : open) {
            for (String[] set : want.sets) {
                Map<String, Double> own = new HashMap<>();
                for (String literal : set) {
                    known.computeIfAbsent(literal, Needles::pieces).forEach(piece -> own.merge(piece, 1.0 / set.length, Double::sum));
                }
                own.forEach((piece, part) -> serves.computeIfAbsent(piece, x -> new IdentityHashMap<>()).merge(want, part, Math::max));
            }
        }
        PriorityQueue<Offer> offers = new PriorityQueue<>(Comparator.comparingDouble(Offer::value).reversed().thenComparing(Offer::piece));
        Set<Want> left = Collections.newSetFromMap(new IdentityHashMap<>());
        left.addAll(open);
        serves.forEach((piece, served) -> offers.add(new Offer(piece, served.size())));
        while (!open.isEmpty()) {
            Offer best = offers.remove();
            double value = value(best.piece, serves.get(best.piece), left);
            if (value > 0 && value < best.value) {
                offers.add(new Offer(best.piece, value));
            } else if (value > 0) {
                choose(best.piece);
                left.clear();
                left.addAll(open);
            }
        }
    }

    private double value(String piece, Map<Want, Double> served, Set<Want> left) {
        double sum = 0;
        for (Map.Entry<Want, Double> e : served.entrySet()) {
            sum += left.contains(e.getKey()) ? e.getValue() : 0;
        }
        return sum / prices.computeIfAbsent(piece, Needles::price);
    }

    private static double price(String piece) {
        int hits = 0;
        for (String line : ORDINARY) {
            hits += line.contains(piece) ? 1 : 0;
        }
        return (1 + 8 * hits) * (piece.length() < SHORTEST ? 8 : 1 + 1.0 / piece.length());
    }

    private static Set<String> pieces(String literal) {
        Set<String> out = new HashSet<>();
        pieces(literal, out);
        return out;
    }

    /** Runs of whole words, just long enough. */
    private static void pieces(String literal, Set<String> out) {
        boolean any = false;
        for (int from = 0; from < literal.length(); from++) {
            if (!word(literal.charAt(from)) || from > 0 && word(literal.charAt(from - 1))) {
                continue;
            }
            for (int to = from + SHORTEST; to <= literal.length(); to++) {
                if (to == literal.length() || !word(literal.charAt(to - 1)) || !word(literal.charAt(to))) {
                    out.add(literal.substring(from, to));
                    any = true;
                    break;
                }
            }
        }
        if (!any) {
            out.add(literal);
        }
    }

    private static boolean word(char c) {
        return c < 128 && ByteSet.ALNUM.has(c);
    }

    /** The needles, each as long as the literals allow that only it finds. */
    private List<String> result() {
        List<String> longer = new ArrayList<>();
        for (String needle : chosen) {
            if (ALWAYS.contains(needle)) {
                longer.add(needle);
            } else if (found.containsKey(needle)) {
                longer.add(extended(needle, found.get(needle)));
            }
        }
        return longer.stream().filter(n -> longer.stream().noneMatch(o -> !o.equals(n) && n.contains(o))).toList();
    }

    private static String extended(String needle, List<String> literals) {
        String common = literals.getFirst();
        for (String literal : literals) {
            common = around(needle, common, literal);
        }
        int at = common.indexOf(needle);
        int from = Math.max(0, Math.min(at, at + needle.length() - LONGEST));
        return common.substring(from, Math.min(common.length(), Math.max(at + needle.length(), from + LONGEST)));
    }

    /** The longest stretch around the first place of the needle that two literals share. */
    private static String around(String needle, String a, String b) {
        int i = a.indexOf(needle);
        int k = b.indexOf(needle);
        int left = 0;
        while (left < Math.min(i, k) && a.charAt(i - left - 1) == b.charAt(k - left - 1)) {
            left++;
        }
        int right = needle.length();
        while (i + right < a.length() && k + right < b.length() && a.charAt(i + right) == b.charAt(k + right)) {
            right++;
        }
        return a.substring(i - left, i + right);
    }
}
