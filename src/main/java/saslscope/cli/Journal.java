package saslscope.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The systemd journal, where no log file is: what journalctl(1) prints of the facilities that mail and logins use. */
final class Journal implements Closeable {
    private final Process process;

    private Journal(Process process) {
        this.process = process;
    }

    /**
     * Starts to follow it.
     *
     * @param all   from its start
     * @param lines else so many lines of the past
     */
    static Journal follow(boolean all, int lines) {
        List<String> command = new ArrayList<>(List.of("journalctl", "--follow", "--quiet", "--output=short-iso-precise",
            all ? "--no-tail" : "--lines=" + lines));
        // syslog.h: mail, auth, authpriv. Matches of one field are alternatives.
        command.addAll(List.of("SYSLOG_FACILITY=2", "SYSLOG_FACILITY=4", "SYSLOG_FACILITY=10"));
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            process.getOutputStream().close();
            return new Journal(process);
        } catch (IOException e) {
            throw new Refusal(Exit.UNAVAILABLE, "follow: none of " + String.join(", ", Following.USUAL)
                + " is here, and journalctl cannot be started; name the log");
        }
    }

    InputStream output() {
        return process.getInputStream();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
