package saslscope.cli;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import saslscope.servers.MailHost;

/**
 * A way to break a mail host, and what is to be said of it.
 *
 * @param name     what is wrong, in words
 * @param verifier what the host is before
 * @param talk     lines that a client says to the plain port first; null for none
 * @param reply    how one of the replies begins
 * @param trials   logins tried with probe
 * @param lines    how many failures follow tells
 * @param cause    the true one of the last
 * @param leads    follow names it first; else among its candidates
 * @param findings causes that doctor calls faulty, or names of findings; none if the set-up is in order
 */
record Fault(String name, MailHost.Verifier verifier, Breaking breaking, String[] talk, String reply, List<Trial> trials, int lines, String cause, boolean leads,
             List<String> findings) {
    /** Breaks it. */
    interface Breaking {
        void in(MailHost host) throws IOException;
    }

    /**
     * A login.
     *
     * @param password null for the right one
     * @param tls      at the port that begins with TLS
     * @param args     more options
     * @param verdict  how probe's verdict begins
     */
    record Trial(String user, String password, boolean tls, List<String> args, String verdict) {
    }

    static Fault of(MailHost.Verifier verifier, String name, Breaking breaking) {
        return new Fault(name, verifier, breaking, null, "", List.of(), 0, null, true, List.of());
    }

    /** A login that gets in, tried after the others. */
    Fault accepts(String user, String... args) {
        return tries(new Trial(user, null, false, List.of(args), "logged-in at AUTH"));
    }

    /** A login that is refused, with a reply that begins so. */
    Fault refuses(String user, String password, String reply, String... args) {
        return tries(new Trial(user, password, false, List.of(args), "refused at AUTH: " + reply));
    }

    Fault tries(Trial trial) {
        return new Fault(name, verifier, breaking, talk, reply, Stream.concat(trials.stream(), Stream.of(trial)).toList(), lines, cause,
            leads, findings);
    }

    /** A client that cares for nothing. */
    Fault says(String answer, String... says) {
        return new Fault(name, verifier, breaking, says, answer, trials, lines, cause, leads, findings);
    }

    /** follow tells so many failures, the last with this cause first. */
    Fault follow(int number, String first) {
        return new Fault(name, verifier, breaking, talk, reply, trials, number, first, true, findings);
    }

    /** The same, with this cause among others. */
    Fault among(int number, String one) {
        return new Fault(name, verifier, breaking, talk, reply, trials, number, one, false, findings);
    }

    /** What doctor finds faulty. */
    Fault doctor(String... faulty) {
        return new Fault(name, verifier, breaking, talk, reply, trials, lines, cause, leads, List.of(faulty));
    }

    @Override
    public String toString() {
        return name;
    }
}
