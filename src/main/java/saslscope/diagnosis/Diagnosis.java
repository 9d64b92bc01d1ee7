package saslscope.diagnosis;

import java.util.List;

/**
 * Why an attempt failed.
 *
 * @param cause      code of the leading cause; null if none is known
 * @param certainty  how sure that is
 * @param candidates ranked, the leading one first
 * @param check      the one check that decides best between what remains; null if nothing remains to decide
 * @param remedy     what to do first
 */
public record Diagnosis(String cause, Certainty certainty, List<Candidate> candidates, String check, String remedy) {
}
