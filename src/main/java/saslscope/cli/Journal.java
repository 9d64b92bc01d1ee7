package saslscope.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import saslscope.source.JournalStream;

/** Runs journalctl(1). What it has to complain of goes to our standard error. */
final class Journal implements JournalStream.Journalctl {
    private final List<String> command;

    /**
     * @param command with what else it needs, such as the folder of the journal
     */
    Journal(List<String> command) {
        this.command = List.copyOf(command);
    }

    @Override
    public Running start(List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(arguments);
        Process process = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        return new Running() {
            @Override
            public InputStream output() {
                return process.getInputStream();
            }

            @Override
            public void close() {
                process.destroy();
            }
        };
    }
}
