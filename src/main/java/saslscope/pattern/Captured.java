package saslscope.pattern;

import java.util.List;
import java.util.Map;

/**
 * What is taken from a message that a pattern matched; secrets are masked.
 *
 * @param fields values by field name
 * @param text   the message
 * @param said   what {@link Dialogues} may see besides; null if there is nothing
 */
record Captured(Map<String, String> fields, String text, Said said) {

    private static final String USER = Field.USER.text();

    static Captured of(Run run, Pattern pattern) {
        List<String> fields = pattern.fields();
        Spans hidden = Redactor.find(run.text, run.from, run.to);
        Said said = null;
        for (int i = 0; i < fields.size(); i++) {
            Field secret = pattern.hidden(i);
            if (secret != null && run.spans[2 * i] >= 0) {
                hidden.add(run.spans[2 * i], run.spans[2 * i + 1]);
                said = Said.with(said, secret, run.text, run.spans[2 * i], run.spans[2 * i + 1]);
            } else if (run.spans[2 * i] >= 0 && fields.get(i).equals(USER) && Login.holdsPassword(run.text, run.spans[2 * i], run.spans[2 * i + 1])) {
                hidden.add(run.spans[2 * i], run.spans[2 * i + 1]);
            }
        }
        String[] names = new String[fields.size()];
        String[] values = new String[fields.size()];
        int size = 0;
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            // A name may stand in several alternatives: the first that took part counts.
            if (run.spans[2 * i] >= 0 && pattern.hidden(i) == null && Values.place(names, size, field) < 0) {
                names[size] = field;
                values[size++] = hidden.render(run.text, run.spans[2 * i], run.spans[2 * i + 1]);
            }
        }
        return new Captured(new Values(names, values, size), hidden.render(run.text, run.from, run.to), said);
    }
}
