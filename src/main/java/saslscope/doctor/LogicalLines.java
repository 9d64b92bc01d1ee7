package saslscope.doctor;

import java.util.ArrayList;
import java.util.List;

/** A file in lines as Postfix joins them: a line that begins with white space goes on the one before (readlline.c). */
final class LogicalLines {
    private LogicalLines() {
    }

    /**
     * A logical line.
     *
     * @param number of its first line, 1-based
     * @param text   the lines one after the other, without their ends
     */
    record Joined(int number, String text) {
    }

    /** The lines, without comments and blank ones; those may also stand between a line and what continues it. */
    static List<Joined> of(String file) {
        List<Joined> out = new ArrayList<>();
        StringBuilder text = null;
        int first = 0;
        int number = 0;
        for (String line : file.split("\n", -1)) {
            number++;
            String bare = line.strip();
            if (bare.isEmpty() || bare.startsWith("#")) {
                // A comment does not end a logical line.
                continue;
            }
            if (Character.isWhitespace(line.charAt(0)) && text != null) {
                text.append(line);
                continue;
            }
            if (text != null) {
                out.add(new Joined(first, text.toString()));
            }
            text = new StringBuilder(line);
            first = number;
        }
        if (text != null) {
            out.add(new Joined(first, text.toString()));
        }
        return out;
    }
}
