package saslscope.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A message in pieces: what the program wrote, what was captured from it, and what must not be seen.
 *
 * @param pattern the pattern that matches; empty if none does
 * @param known   true if a pattern matches, one for noise included
 * @param about   true if no pattern matches, but the message is about authentication
 * @param pieces  in order, without gaps, from the first byte of the message to its last
 * @param login   who logs in, if one of the secrets is a whole response of PLAIN
 */
public record Anatomy(String pattern, boolean known, boolean about, List<Piece> pieces, Optional<Names> login) {

    /**
     * The names in a response.
     *
     * @param from    index of the response's first byte
     * @param authzid empty if it has none
     */
    public record Names(int from, String authzid, String user) {
    }

    /**
     * A stretch of the message.
     *
     * @param from   index of its first byte
     * @param to     index behind its last byte
     * @param field  the field it is the value of; empty for text of the program
     * @param secret true if it must not be seen; the field is empty then
     */
    public record Piece(int from, int to, Optional<Field> field, boolean secret) {
    }

    /** True if another message means the same: same pattern, or equally unknown. */
    public boolean means(Anatomy other) {
        return known == other.known && about == other.about && pattern.equals(other.pattern);
    }

    static Anatomy of(Programs.Program program, Stopped stopped, byte[] text, int from, int to) {
        Run run = new Run(text, from, to);
        Pattern hit = program.events().find(run, stopped);
        Spans hidden = Redactor.find(text, from, to);
        List<Piece> named = hit == null ? List.of() : named(hit, run, hidden);
        boolean about = hit == null && program.about(new Run(text, from, to));
        return new Anatomy(hit == null ? "" : hit.id(), hit != null, about, pieces(named, hidden, from, to),
            hit == null ? Optional.empty() : login(hit, run));
    }

    /** In the command itself mechanism and response stand together, so that no dialogue needs to be followed. */
    private static Optional<Names> login(Pattern hit, Run run) {
        int mechanism = hit.fields().indexOf(Field.MECHANISM.text());
        int response = hit.fields().indexOf(Field.RESPONSE.text());
        if (mechanism < 0 || response < 0 || run.spans[2 * mechanism] < 0 || run.spans[2 * response] < 0) {
            return Optional.empty();
        }
        int from = run.spans[2 * response];
        Said said = Said.with(null, Field.RESPONSE, run.text, from, run.spans[2 * response + 1]);
        String name = new String(run.text, run.spans[2 * mechanism], run.spans[2 * mechanism + 1] - run.spans[2 * mechanism],
            StandardCharsets.ISO_8859_1);
        byte[] decoded = said == null || !name.equalsIgnoreCase("PLAIN") ? null : said.decoded();
        Login login = decoded == null ? null : Login.of("PLAIN", decoded);
        return login == null || login.user() == null ? Optional.empty()
            : Optional.of(new Names(from, login.authzid() == null ? "" : login.authzid(), login.user()));
    }

    private static List<Piece> named(Pattern hit, Run run, Spans hidden) {
        List<Piece> named = new ArrayList<>();
        for (int i = 0; i < hit.fields().size(); i++) {
            int from = run.spans[2 * i];
            int to = run.spans[2 * i + 1];
            Optional<Field> field = Field.of(hit.fields().get(i));
            if (from < 0 || from == to || field.isEmpty()) {
                continue;
            }
            if (field.get().hidden() || field.get() == Field.USER && Login.holdsPassword(run.text, from, to)) {
                hidden.add(from, to);
            } else {
                named.add(new Piece(from, to, field, false));
            }
        }
        // Of captures inside others the outer one counts.
        named.sort(Comparator.comparingInt(Piece::from).thenComparing(Piece::to, Comparator.reverseOrder()));
        return named;
    }

    private static List<Piece> pieces(List<Piece> named, Spans hidden, int from, int to) {
        List<Piece> pieces = new ArrayList<>();
        int next = 0;
        int at = from;
        while (at < to) {
            int secret = hidden.endOfHidden(at);
            if (secret > at) {
                int end = Math.min(secret, to);
                pieces.add(new Piece(at, end, Optional.empty(), true));
                at = end;
                continue;
            }
            while (next < named.size() && named.get(next).to() <= at) {
                next++;
            }
            Piece n = next < named.size() ? named.get(next) : null;
            boolean inside = n != null && n.from() <= at;
            int end = Math.min(hidden.startOfNext(at), inside ? n.to() : n != null ? n.from() : to);
            end = Math.min(end, to);
            pieces.add(new Piece(at, end, inside ? n.field() : Optional.empty(), false));
            at = end;
        }
        return pieces;
    }
}
