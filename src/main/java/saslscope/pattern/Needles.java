package saslscope.pattern;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the strings by which a block scan finds the lines that patterns can match: few, and rare in ordinary lines.
 *
 * <p>Each pattern offers sets of literals of which every match contains one. A needle is a piece of such a literal, from one word's start to
 * another word's end. Needles are taken greedily: the one that serves most patterns for its price comes first, and the price is how many
 * kinds of ordinary line hold it.
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
        "postfix/smtpd[1]: Anonymous TLS connection established from unknown[192.0.2.1]: TLSv1.3 with cipher",
        "postfix/anvil[1]: statistics: max connection rate 1/60s for (smtp:192.0.2.1) at Nov 22",
        "postfix/postscreen[1]: CONNECT from [192.0.2.1]:1 to [192.0.2.2]:25",
        "dovecot: imap-login: Login: user=<a>, method=PLAIN, rip=192.0.2.1, lip=192.0.2.2, mpid=1, TLS, session=<a>",
        "dovecot: imap(a)<1><b>: Logged out in=1 out=1 deleted=0 expunged=0",
        "CRON[1]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)",
        "sshd[1]: pam_unix(sshd:session): session closed for user root",
        "systemd[1]: Started Session 1 of user root.");

    private Needles() {
    }

    static List<byte[]> choose(List<Pattern> patterns) {
        List<List<Set<String>>> wants = new ArrayList<>();
        for (Pattern p : patterns) {
            if (p.definition().yields() || p.definition().about().isPresent()) {
                List<Set<String>> sets = sets(p);
                if (sets.isEmpty()) {
                    return List.of();
                }
                wants.add(sets);
            }
        }
        Set<String> chosen = new LinkedHashSet<>(ALWAYS);
        Map<String, Integer> prices = new LinkedHashMap<>();
        cover(wants, chosen, prices);
        return chosen.stream().filter(n -> chosen.stream().noneMatch(o -> !o.equals(n) && n.contains(o))).map(Literals::bytes).toList();
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

    /** Adds needles until each pattern has a set whose literals all contain one. */
    private static void cover(List<List<Set<String>>> wants, Set<String> chosen, Map<String, Integer> prices) {
        List<List<Set<String>>> open = new ArrayList<>(wants);
        open.removeIf(sets -> served(sets, chosen));
        while (!open.isEmpty()) {
            Map<String, Double> serves = new LinkedHashMap<>();
            for (List<Set<String>> sets : open) {
                pieces(sets, chosen).forEach((piece, share) -> serves.merge(piece, share, Double::sum));
            }
            String best = "";
            double value = 0;
            for (Map.Entry<String, Double> e : serves.entrySet()) {
                double v = e.getValue() / prices.computeIfAbsent(e.getKey(), Needles::price);
                if (v > value || v == value && e.getKey().length() > best.length()) {
                    best = e.getKey();
                    value = v;
                }
            }
            chosen.add(best);
            open.removeIf(sets -> served(sets, chosen));
        }
    }

    private static boolean served(List<Set<String>> sets, Set<String> chosen) {
        return sets.stream().anyMatch(set -> set.stream().allMatch(literal -> chosen.stream().anyMatch(literal::contains)));
    }

    private static int price(String piece) {
        int hits = 0;
        for (String line : ORDINARY) {
            hits += line.contains(piece) ? 1 : 0;
        }
        return (1 + 8 * hits) * (piece.length() < SHORTEST ? 8 : 1);
    }

    /** The pieces of literals that hold no needle yet, and how much of the pattern each serves. */
    private static Map<String, Double> pieces(List<Set<String>> sets, Set<String> chosen) {
        Map<String, Double> out = new LinkedHashMap<>();
        for (Set<String> set : sets) {
            List<String> bare = set.stream().filter(l -> chosen.stream().noneMatch(l::contains)).toList();
            for (String literal : bare) {
                Set<String> own = new LinkedHashSet<>();
                pieces(literal, own);
                own.forEach(piece -> out.merge(piece, 1.0 / bare.size(), Math::max));
            }
        }
        return out;
    }

    private static void pieces(String literal, Set<String> out) {
        if (literal.length() <= SHORTEST) {
            out.add(literal);
            return;
        }
        for (int from = 0; from < literal.length(); from++) {
            if (from > 0 && word(literal.charAt(from - 1)) && word(literal.charAt(from))) {
                continue;
            }
            for (int to = from + SHORTEST; to <= Math.min(literal.length(), from + LONGEST); to++) {
                if (to == literal.length() || !word(literal.charAt(to - 1)) || !word(literal.charAt(to))) {
                    out.add(literal.substring(from, to));
                }
            }
        }
    }

    private static boolean word(char c) {
        return c < 128 && ByteSet.ALNUM.has(c);
    }
}
