package saslscope.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output of the process: failures to write to it can be told from all others. */
final class OutputPipe extends FilterOutputStream {
    private final String name;

    OutputPipe(OutputStream out, String name) {
        super(out);
        this.name = name;
    }

    /** What it writes can't be taken by anyone. */
    static final class Broken extends IOException {
        Broken(String name, IOException cause) {
            super("cannot write to " + name + ": " + Reasons.of(cause), cause);
        }

        /** True if the reader of the pipe has gone, which is its right. */
        boolean closed() {
            String text = String.valueOf(getCause().getMessage());
            return text.contains("Broken pipe") || text.contains("Stream Closed") || text.contains("Stream closed");
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw new Broken(name, e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw new Broken(name, e);
        }
    }
}
