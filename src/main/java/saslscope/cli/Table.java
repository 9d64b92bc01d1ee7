package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import saslscope.live.Look;
import saslscope.live.Printable;

/**
 * Rows in columns as wide as they need to be. On a terminal the last column is cut where the line ends; elsewhere, where
 * programs may read it, it is whole.
 */
final class Table {
    private static final int LONGEST = 2_000;

    private final Look look;
    private final int widest;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * @param widest bound of every column but the last
     */
    Table(Look look, int widest) {
        this.look = look;
        this.widest = widest;
    }

    /** Adds a row; cells may hold anything, null is empty. */
    void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell == null ? "" : cell.toString());
        }
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines. */
    List<String> lines() {
        if (rows.isEmpty()) {
            return List.of();
        }
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns - 1; i++) {
                row.set(i, Printable.of(row.get(i), widest, look.ellipsis()));
                widths[i] = Math.max(widths[i], Printable.width(row.get(i)));
            }
        }
        int left = look.width();
        for (int i = 0; i < columns - 1; i++) {
            left -= widths[i] == 0 ? 0 : widths[i] + 2;
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns - 1; i++) {
                if (widths[i] > 0) {
                    line.append(row.get(i)).append(" ".repeat(widths[i] - Printable.width(row.get(i)) + 2));
                }
            }
            line.append(Printable.of(row.getLast(), look.inPlace() ? Math.max(left, 12) : LONGEST, look.ellipsis()));
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
