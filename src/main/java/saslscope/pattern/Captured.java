package saslscope.pattern;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is taken from a message that a pattern matched; secrets are masked.
 *
 * @param fields values by field name
 * @param text   the message
 */
record Captured(Map<String, String> fields, String text) {
    private static final String SECRET = Field.SECRET.text();

    static Captured of(Run run, List<String> fields) {
        Spans hidden = Redactor.find(run.text, run.from, run.to);
        for (int i = 0; i < fields.size(); i++) {
            if (run.spans[2 * i] >= 0 && fields.get(i).equals(SECRET)) {
                hidden.add(run.spans[2 * i], run.spans[2 * i + 1]);
            }
        }
        Map<String, String> values = LinkedHashMap.newLinkedHashMap(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            // A name may stand in several alternatives: the first that took part counts.
            if (run.spans[2 * i] >= 0 && !field.equals(SECRET) && !values.containsKey(field)) {
                values.put(field, hidden.render(run.text, run.spans[2 * i], run.spans[2 * i + 1]));
            }
        }
        return new Captured(Collections.unmodifiableMap(values), hidden.render(run.text, run.from, run.to));
    }
}
