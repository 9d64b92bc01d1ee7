package saslscope.cli;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import saslscope.attempt.ProcessKey;
import saslscope.flow.Ledger;
import saslscope.flow.Resume;
import saslscope.index.Checkpoint;
import saslscope.source.LogFile;
import saslscope.source.Position;

/** Where a run stopped, in the form that the index keeps. */
final class Resumes {
    private static final String LEDGER = "ledger";
    private static final String COUNTED = "counted.";
    private static final String UNDER_WAY = "under-way";
    private static final String WAITING = "waiting";

    private Resumes() {
    }

    /** To be stored. */
    static Checkpoint write(Resume resume) {
        Map<String, String> state = new LinkedHashMap<>();
        Ledger l = resume.ledger();
        state.put(LEDGER, l.read() + " " + l.matched() + " " + l.irrelevant() + " " + l.unrecognised() + " " + l.unreadable()
            + " " + l.cut() + " " + l.bytes() + " " + l.letGo());
        for (int i = 0; i < resume.counted().size(); i++) {
            Position p = resume.counted().get(i);
            state.put(COUNTED + i, p.offset() + " " + p.number() + " " + Long.toHexString(p.file().fingerprint()) + " " + p.file().path());
        }
        StringBuilder b = new StringBuilder();
        for (Resume.UnderWay u : resume.underWay()) {
            b.append(u.offset()).append(' ').append(Long.toHexString(u.file().fingerprint())).append(' ').append(u.process().pid());
            for (String word : List.of(u.process().host(), u.process().tag(), u.file().path())) {
                b.append(' ').append(URLEncoder.encode(word, StandardCharsets.UTF_8));
            }
            b.append('\n');
        }
        state.put(UNDER_WAY, b.toString());
        state.put(WAITING, String.join(" ", resume.waiting()));
        return new Checkpoint(resume.from(), state);
    }

    /** As stored; a first run where nothing was. */
    static Resume read(Checkpoint checkpoint) {
        if (!checkpoint.state().containsKey(LEDGER)) {
            return Resume.NONE;
        }
        String[] n = checkpoint.state().get(LEDGER).split(" ");
        Ledger ledger = new Ledger(Long.parseLong(n[0]), Long.parseLong(n[1]), Long.parseLong(n[2]), Long.parseLong(n[3]),
            Long.parseLong(n[4]), Long.parseLong(n[5]), Long.parseLong(n[6]),
            // Older ones did not count these.
            n.length > 7 ? Long.parseLong(n[7]) : 0);
        List<Position> counted = new ArrayList<>();
        for (int i = 0; checkpoint.state().containsKey(COUNTED + i); i++) {
            String[] p = checkpoint.state().get(COUNTED + i).split(" ", 4);
            counted.add(new Position(new LogFile(p[3], Long.parseUnsignedLong(p[2], 16)), Long.parseLong(p[0]), Long.parseLong(p[1])));
        }
        if (!checkpoint.state().containsKey(UNDER_WAY)) {
            // An older one: all that it has counted is over.
            return new Resume(counted, counted, List.of(), Set.of(), ledger);
        }
        List<Resume.UnderWay> underWay = checkpoint.state().get(UNDER_WAY).lines().map(l -> {
            String[] p = l.split(" ", -1);
            return new Resume.UnderWay(new LogFile(decoded(p[5]), Long.parseUnsignedLong(p[1], 16)),
                new ProcessKey(decoded(p[3]), decoded(p[4]), Integer.parseInt(p[2])), Long.parseLong(p[0]));
        }).toList();
        String waiting = checkpoint.state().get(WAITING);
        return new Resume(checkpoint.positions(), counted, underWay, waiting.isEmpty() ? Set.of() : Set.of(waiting.split(" ")), ledger);
    }

    private static String decoded(String word) {
        return URLDecoder.decode(word, StandardCharsets.UTF_8);
    }
}
