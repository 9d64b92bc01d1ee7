/**
 * Tables that cannot grow without end. What stands in them comes from logs, and so from anybody: each table says how much it
 * holds, and what it forgets first.
 *
 * <p>May not know: anything of ours.
 */
package saslscope.bounded;
