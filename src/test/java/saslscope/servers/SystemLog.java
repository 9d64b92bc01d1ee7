package saslscope.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a syslog daemon does, where none runs: saslauthd and Dovecot can write nowhere but to /dev/log. Ends with this
 * process, as it sees its standard input closed.
 */
final class SystemLog implements AutoCloseable {
    private static final Path SOCKET = Path.of("/dev/log");
    /** Facility auth (4) and authpriv (10) go to one file, all else to the other, with the host's name put in. */
    private static final String DAEMON = """
        use strict; use Socket; my ($auth, $mail, $host) = @ARGV;
        socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die $!;
        bind($s, sockaddr_un("/dev/log")) or die $!;
        chmod 0666, "/dev/log"; $| = 1; print "up\\n";
        while (1) {
            my $wait = ""; vec($wait, fileno($s), 1) = 1; vec($wait, fileno(STDIN), 1) = 1;
            select($wait, undef, undef, undef);
            last if vec($wait, fileno(STDIN), 1);
            recv($s, my $line, 8192, 0); next unless defined $line && $line =~ s/^<(\\d+)>//;
            my $facility = $1 >> 3; $line =~ s/[\\n\\0]+\\z//; $line =~ s/^(.{15} )/$1$host /;
            open(my $f, ">>", $facility == 4 || $facility == 10 ? $auth : $mail) or next; print $f "$line\\n"; close($f);
        }
        unlink "/dev/log";
        """;

    private final Process process;

    private SystemLog(Process process) {
        this.process = process;
    }

    /** Null if the machine has a log of its own, which is left alone, or if this can't be. */
    static SystemLog start(Path auth, Path mail, String host) throws IOException {
        if (Files.exists(SOCKET) || Programs.find("perl") == null) {
            return null;
        }
        Process p = Programs.start(ProcessBuilder.Redirect.PIPE, "perl", "-e", DAEMON, auth.toString(), mail.toString(), host);
        if (p.inputReader().readLine() instanceof String up && up.equals("up")) {
            return new SystemLog(p);
        }
        p.destroyForcibly();
        return null;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        Programs.await("the end of the log daemon", () -> !process.isAlive());
    }
}
