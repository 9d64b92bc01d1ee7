package saslscope.index;

import java.util.HashMap;
import java.util.Map;

/** Writes texts as JSON does, and remembers how they look: keys and explanations come again in every document. */
final class Quotes {
    private static final int MOST = 2000;
    private static final int LONGEST = 1000;

    private final Map<String, String> known = new HashMap<>();
    private final Map<String, String> constant = new HashMap<>();

    void write(StringBuilder out, String text) {
        write(out, text, known);
    }

    /** Writes a text of the definitions if it has no control characters; else writes nothing and answers false. */
    boolean plain(StringBuilder out, String text) {
        if (!constant.containsKey(text) && !isPlain(text)) {
            return false;
        }
        write(out, text, constant);
        return true;
    }

    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ') {
                return false;
            }
        }
        return true;
    }

    private static void write(StringBuilder out, String text, Map<String, String> known) {
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
