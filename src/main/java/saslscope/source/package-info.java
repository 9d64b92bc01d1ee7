/**
 * Where lines come from.
 *
 * <p>In: files, rotated and compressed parts, pipes. Out: {@link saslscope.source.Line}, the selected ones only, through
 * a {@link saslscope.source.LineStream}. Four questions, four answers, kept apart: which content is this
 * ({@code Fingerprint}), how far was it read ({@link saslscope.source.Position}), reading on as it grows
 * ({@link saslscope.source.Follower}), which files are there ({@link saslscope.source.Discovery}).
 *
 * <p>May not know: what stands in a line, what the needles mean, who waits and for how long. Nothing outside of this
 * package knows what an inode is.
 */
package saslscope.source;
