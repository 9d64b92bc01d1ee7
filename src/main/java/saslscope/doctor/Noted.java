package saslscope.doctor;

import java.util.Map;

/**
 * One thing that was seen of a service or of the host.
 *
 * @param fact  {@code host.sasldb}
 * @param value {@code absent}
 * @param place where it stands or by what it was seen
 * @param words what a finding's text may name, {@code path} for {@code {path}}
 */
record Noted(String fact, String value, String place, Map<String, String> words) {
}
