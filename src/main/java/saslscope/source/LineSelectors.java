package saslscope.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Makes line selectors. */
public final class LineSelectors {
    private LineSelectors() {
    }

    /**
     * A selector of the lines that contain at least one of the needles, compared byte by byte.
     *
     * @param needles texts without a newline; one that has a newline is in no line and has no effect. If one is shorter
     *                than two bytes, all lines are selected; if there are none, no line is
     */
    public static LineSelector of(Collection<byte[]> needles) {
        List<byte[]> found = new ArrayList<>();
        for (byte[] needle : needles) {
            if (needle.length < 2) {
                return LineSelector.ALL;
            }
            if (Newlines.first(needle, 0, needle.length) < 0) {
                found.add(needle.clone());
            }
        }
        return found.isEmpty() ? (bytes, from, to) -> -1 : new NeedleScan(found);
    }
}
