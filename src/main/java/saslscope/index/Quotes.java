package saslscope.index;

import java.util.HashMap;
import java.util.Map;

/** Writes texts as JSON does, and remembers how they look: keys and explanations come again in every document. */
final class Quotes {
    private static final int MOST = 2000;
    private static final int LONGEST = 1000;

    private final Map<String, String> known = new HashMap<>();

    void write(StringBuilder out, String text) {
        String quoted = known.get(text);
        if (quoted != null) {
            out.append(quoted);
            return;
        }
        int from = out.length();
        Json.quote(out, text);
        if (text.length() <= LONGEST) {
            if (known.size() == MOST) {
                known.clear();
            }
            known.put(text, out.substring(from));
        }
    }
}
