package saslscope.pattern;

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
 * @param answer  the secret that is a client's answer in a login dialogue; empty if there is none
 */
public record Anatomy(String pattern, boolean known, boolean about, List<Piece> pieces, Optional<Answer> answer) {

    /**
     * Where a client's answer stands.
     *
     * @param from  index of its first byte
     * @param coded true if it is in base64
     */
    public record Answer(int from, boolean coded) {
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
            hit == null ? Optional.empty() : answer(hit, run));
    }

    private static Optional<Answer> answer(Pattern hit, Run run) {
        for (Field field : List.of(Field.RESPONSE, Field.RESPONSE_TEXT)) {
            int i = hit.fields().indexOf(field.text());
            if (i >= 0 && run.spans[2 * i] >= 0) {
                return Optional.of(new Answer(run.spans[2 * i], field == Field.RESPONSE));
            }
        }
        return Optional.empty();
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
            if (Said.prompt(field.get(), run.text, from, to)) {
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
