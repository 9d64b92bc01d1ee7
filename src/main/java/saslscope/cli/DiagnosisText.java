package saslscope.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import saslscope.diagnosis.Candidate;
import saslscope.diagnosis.Diagnosis;
import saslscope.incident.DiagnosedAttempt;
import saslscope.live.Paragraphs;

/** The diagnosis of one attempt, with everything that is known of it. */
final class DiagnosisText {
    private DiagnosisText() {
    }

    static List<String> lines(Paragraphs text, Definitions definitions, DiagnosedAttempt attempt) {
        Diagnosis d = attempt.diagnosis();
        String certainty = d.certainty().name().toLowerCase(Locale.ROOT);
        List<String> out = new ArrayList<>(text.heading("Diagnosis", certainty
            + (d.cause() == null || certainty.equals("ambiguous") ? "" : ": " + definitions.title(d.cause()))));
        for (Candidate c : d.candidates()) {
            out.addAll(text.field(c.standing().name().charAt(0) + c.standing().name().substring(1).toLowerCase(Locale.ROOT),
                List.of(c.cause() + ": " + definitions.title(c.cause()) + (c.evidence().isEmpty() ? "" : ". " + String.join(" ", c.evidence())))));
        }
        out.addAll(text.field("Grounds", attempt.attempt().grounds()));
        out.addAll(text.field("Check", d.check() == null ? List.of() : List.of(d.check())));
        out.addAll(text.field("Remedy", d.remedy() == null ? List.of() : List.of(d.remedy())));
        return out;
    }
}
