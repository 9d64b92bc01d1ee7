/**
 * A log made safe to show to others, line by line.
 *
 * <p>In: the bytes of log lines, the patterns, and a key. Out: the same lines, as many of them, without passwords; if asked for, with
 * other names of people, hosts, messages and other addresses, the same name always giving the same other one. What diagnosis rests on
 * stays: stamps, programs, process ids, the words of the programs, whether two names are equal, where an {@code @} stands, upper and
 * lower case, which addresses are neighbours.
 *
 * <p>It keeps no list of names: what stands for a name is computed from it and the key. It knows nothing of attempts and causes.
 */
package saslscope.redact;
