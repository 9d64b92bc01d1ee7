package saslscope.diagnosis;

import java.util.List;

/**
 * A cause that the evidence allows.
 *
 * @param cause    its code
 * @param standing how it stands
 * @param evidence what speaks for it, a sentence each, with the line it rests on
 * @param check    what decides for or against it
 */
public record Candidate(String cause, Standing standing, List<String> evidence, String check) {
}
