package saslscope.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * What the process was given, so that tests can give something else.
 *
 * @param home      folder of the installation, which holds {@code patterns}
 * @param settings  settings files, those of the user last
 * @param env       environment variables
 * @param user      name of the operating system user
 * @param userHome  that user's home folder
 * @param host      root of the file system in which to look for Postfix, unless told otherwise
 * @param in        standard input
 * @param out       standard output
 * @param err       standard error
 * @param inTty     whether each of these is a terminal
 * @param columns   width of the terminal, 80 if not known
 * @param unicode   whether text may have more than ASCII
 * @param time      the clock
 * @param zone      this host's zone
 * @param platform  {@code debian}, {@code rhel} or {@code freebsd}: whose remedies to show
 * @param loading   reads definitions
 * @param stop      asks long work to end
 * @param requests  what else signals ask for
 */
record Surroundings(Path home, List<Path> settings, Map<String, String> env, String user, Path userHome, Path host, InputStream in,
                    OutputStream out, OutputStream err, boolean inTty, boolean outTty, boolean errTty, int columns,
                    boolean unicode, InstantSource time, ZoneId zone, String platform,
                    Definitions.Loading loading, Stop stop, Requests requests) {
}
