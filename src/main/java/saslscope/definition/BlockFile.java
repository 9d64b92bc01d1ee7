package saslscope.definition;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a grok file.
 *
 * <p>A line that starts in the first column is {@code NAME expression}; trailing blanks do not count. Indented lines are
 * attributes of the pattern above, {@code key value}; lines indented deeper belong to the attribute above them. Blank
 * lines and lines whose first visible character is {@code #} are skipped. A value of an attribute that starts and ends with
 * {@code "} is quoted: blanks at its ends count, and {@code \" \\ \t \r \n \xHH} are understood.
 */
public final class BlockFile {
    private final Path file;
    private final Problems problems;
    private final List<Block> blocks = new ArrayList<>();
    private Text name;
    private Text pattern;
    private List<Attribute> attributes = new ArrayList<>();
    private int indent;

    private BlockFile(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Reads the blocks of a file; what can't be read is reported and left out. */
    public static List<Block> read(Path file, Problems problems) {
        String text;
        try {
            text = TextFile.read(file);
        } catch (IOException e) {
            problems.error(Location.of(file), "can't be read: " + TextFile.reason(e), "");
            return List.of();
        }
        BlockFile reader = new BlockFile(file, problems);
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            reader.line(line.stripTrailing(), ++number);
        }
        reader.finish();
        return List.copyOf(reader.blocks);
    }

    private void line(String line, int number) {
        int start = skipBlanks(line, 0);
        if (start == line.length() || line.charAt(start) == '#') {
            return;
        }
        int behind = skipWord(line, start);
        int value = skipBlanks(line, behind);
        Text first = new Text(line.substring(start, behind), new Location(file, number, start + 1, line));
        Text rest = new Text(line.substring(value), new Location(file, number, value + 1, line));
        if (start == 0) {
            finish();
            if (!isName(first.value())) {
                problems.error(first, "'" + first.value() + "' can't be the name of a pattern",
                    "a line is NAME EXPRESSION; names are made of letters, digits and _");
            } else if (rest.value().isEmpty()) {
                problems.error(first, "the pattern has no expression", "a line is NAME EXPRESSION");
            } else {
                name = first;
                pattern = rest;
            }
            return;
        }
        if (name == null) {
            if (blocks.isEmpty() && problems.list().isEmpty()) {
                problems.error(first, "an indented line belongs to the pattern above, and there is none",
                    "start a pattern in the first column");
            }
            return;
        }
        attribute(start, new Attribute(first, unquote(rest), new ArrayList<>()));
    }

    private void attribute(int column, Attribute attribute) {
        if (attributes.isEmpty()) {
            indent = column;
        }
        if (column > indent) {
            attributes.getLast().children().add(attribute);
        } else if (column == indent) {
            attributes.add(attribute);
        } else {
            problems.error(attribute.key(), "indented less than the line above that it follows",
                "attributes of a pattern start in the same column");
        }
    }

    private void finish() {
        if (name != null) {
            blocks.add(new Block(name, pattern, List.copyOf(attributes)));
        }
        name = null;
        attributes = new ArrayList<>();
    }

    private Text unquote(Text text) {
        String value = text.value();
        if (value.length() < 2 || value.charAt(0) != '"' || value.charAt(value.length() - 1) != '"') {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int i = 1;
        while (i < value.length() - 1) {
            char c = value.charAt(i++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = value.charAt(i++);
            switch (escape) {
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'n' -> out.append('\n');
                case '"', '\\' -> out.append(escape);
                case 'x' -> {
                    int end = Math.min(i + 2, value.length() - 1);
                    out.append((char) hex(text, value.substring(i, end), i));
                    i = end;
                }
                default -> problems.error(text.at().plus(i - 1), "unknown escape '\\" + escape + "'",
                    "known in a quoted value: \\\" \\\\ \\t \\r \\n \\xHH");
            }
        }
        return new Text(out.toString(), text.at().plus(1));
    }

    private int hex(Text text, String digits, int at) {
        try {
            return digits.length() == 2 ? Integer.parseInt(digits, 16) : bad(text, at);
        } catch (NumberFormatException e) {
            return bad(text, at);
        }
    }

    private int bad(Text text, int at) {
        problems.error(text.at().plus(at), "\\x needs two hexadecimal digits", "");
        return '?';
    }

    private static boolean isName(String word) {
        return word.chars().allMatch(c -> c == '_' || c == '-' || c == '.' || Character.isLetterOrDigit(c));
    }

    private static int skipBlanks(String line, int from) {
        int i = from;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    private static int skipWord(String line, int from) {
        int i = from;
        while (i < line.length() && line.charAt(i) != ' ' && line.charAt(i) != '\t') {
            i++;
        }
        return i;
    }
}
