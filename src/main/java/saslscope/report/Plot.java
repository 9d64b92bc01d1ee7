package saslscope.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Bars over time as inline SVG, one colour for each series, stacked. Each bar tells its numbers where the pointer rests on it. */
final class Plot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 200;
    private static final int LEFT = 46;
    private static final int BOTTOM = 24;
    private static final int TOP = 10;
    private static final int MOST_BARS = 96;
    private static final int LABELS = 6;
    private static final long[] STEPS = {60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000,
        7_776_000, 31_536_000};

    private final ZoneId zone;
    private final long from;
    private final long step;
    private final int bars;

    /** A plot that covers these seconds of the epoch. */
    Plot(long first, long end, ZoneId zone) {
        this.zone = zone;
        long span = Math.max(60, end - first);
        long chosen = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0; i--) {
            if (span / STEPS[i] < MOST_BARS) {
                chosen = STEPS[i];
            }
        }
        step = chosen;
        long offset = zone.getRules().getOffset(Instant.ofEpochSecond(first)).getTotalSeconds();
        from = Math.floorDiv(first + offset, step) * step - offset;
        bars = (int) Math.max(1, Math.ceilDiv(end - from, step));
    }

    /**
     * @param names  the series, the lowest first; a name that is none of them counts as the last
     * @param colour the CSS class of each
     */
    String svg(Timeline counts, List<String> names, List<String> colour, String what) {
        long[][] n = new long[bars][names.size()];
        long most = 1;
        for (int i = 0; i < bars; i++) {
            long sum = 0;
            for (Map.Entry<String, Long> e : counts.between(from + i * step, from + (i + 1) * step).entrySet()) {
                int series = names.indexOf(e.getKey());
                n[i][series < 0 ? names.size() - 1 : series] += e.getValue();
                sum += e.getValue();
            }
            most = Math.max(most, sum);
        }
        long top = nice(most);
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT).append("\" role=\"img\" aria-label=\"").append(Html.of(what)).append("\">\n");
        for (long value : List.of(0L, top / 2, top)) {
            double y = y(value, top);
            svg.append(String.format(Locale.ROOT, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text class=\"axis\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d</text>\n",
                LEFT, WIDTH, y, y, LEFT - 6, y + 4, value));
        }
        double width = (double) (WIDTH - LEFT) / bars;
        for (int i = 0; i < bars; i++) {
            bar(svg, n[i], names, colour, LEFT + i * width, width, top, from + i * step);
        }
        labels(svg, width);
        return svg.append("</svg>\n").toString();
    }

    private void bar(StringBuilder svg, long[] n, List<String> names, List<String> colour, double x, double width, long top, long at) {
        List<String> told = new ArrayList<>();
        long below = 0;
        StringBuilder rects = new StringBuilder();
        for (int s = 0; s < n.length; s++) {
            if (n[s] > 0) {
                told.add(n[s] + " " + names.get(s));
                double y = y(below + n[s], top);
                rects.append(String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", colour.get(s), x + 0.5, y,
                    Math.max(1, width - 1), Math.max(0.8, y(below, top) - y)));
                below += n[s];
            }
        }
        if (below > 0) {
            svg.append("<g><title>").append(Html.of(time(at, "yyyy-MM-dd HH:mm") + ": " + String.join(", ", told))).append("</title>").append(rects).append("</g>\n");
        }
    }

    private void labels(StringBuilder svg, double width) {
        int every = Math.max(1, (int) Math.ceil((double) bars / LABELS));
        long span = bars * step;
        String form = span <= 86_400 ? "HH:mm" : span <= 14 * 86_400L ? "d MMM HH:mm" : "yyyy-MM-dd";
        for (int i = 0; i < bars; i += every) {
            svg.append(String.format(Locale.ROOT, "<text class=\"axis\" x=\"%.1f\" y=\"%d\">%s</text>\n", LEFT + i * width, HEIGHT - 6,
                Html.of(time(from + i * step, form))));
        }
    }

    /** How long one bar is, in words. */
    String bar() {
        return step % 86_400 == 0 ? step / 86_400 == 1 ? "day" : step / 86_400 + " days" : step % 3600 == 0 ? step / 3600 == 1 ? "hour" : step / 3600 + " hours"
            : step == 60 ? "minute" : step / 60 + " minutes";
    }

    private String time(long second, String form) {
        return DateTimeFormatter.ofPattern(form, Locale.ENGLISH).format(Instant.ofEpochSecond(second).atZone(zone));
    }

    private static double y(long value, long top) {
        return TOP + (HEIGHT - BOTTOM - TOP) * (1 - (double) value / top);
    }

    /** The next round number, even so that its half is whole. */
    private static long nice(long most) {
        long power = 1;
        while (power * 10 < most) {
            power *= 10;
        }
        for (long factor : power == 1 ? new long[] {2, 4, 6, 8, 10} : new long[] {2, 3, 4, 5, 6, 8, 10}) {
            if (power * factor >= most) {
                return power * factor;
            }
        }
        return power * 20;
    }
}
