package saslscope.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** The connection: lines out, bounded replies in, TLS in between. Each stage has its time; when it is over the connection is cut. */
final class Wire implements AutoCloseable {
    private final Bounds bounds;
    private Socket raw = new Socket();
    private Socket socket = raw;
    private final byte[] buffer = new byte[4096];
    private int at;
    private int end;
    private volatile boolean late;

    /** Work that talks to the server. */
    interface Work<T> {
        T run() throws IOException, Trouble;
    }

    Wire(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Does something within the time of a stage.
     *
     * @throws Trouble also where the connection fails or the time is over
     */
    <T> T within(Stage stage, Work<T> work) throws Trouble {
        Thread watch = Thread.ofVirtual().start(this::cut);
        try {
            return work.run();
        } catch (IOException e) {
            throw new Trouble(stage, late ? "no answer within " + seconds(bounds.stage()) : words(e));
        } finally {
            watch.interrupt();
        }
    }

    private void cut() {
        try {
            Thread.sleep(bounds.stage());
            late = true;
            // The plain socket: closing the TLS one would wait for whoever reads from it.
            raw.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Whoever waits for it gets that, too.
        }
    }

    static String seconds(Duration d) {
        return d.toMillis() % 1000 == 0 ? d.toSeconds() + " s" : d.toMillis() + " ms";
    }

    private static String words(IOException e) {
        String said = String.valueOf(e.getMessage());
        return switch (e) {
            case SocketTimeoutException t -> "no answer in time";
            case NoRouteToHostException n -> "no route to that address";
            case ConnectException c -> said.contains("refused") ? "connection refused: nothing listens there, or a firewall says so" : said;
            case SocketException s when said.contains("reset") || said.contains("Broken pipe") || said.contains("aborted") ->
                "the server cut the connection";
            case SSLException s -> said;
            default -> said;
        };
    }

    /**
     * Connects.
     *
     * @param limit so that the next address has time, too
     */
    void connect(InetSocketAddress to, Duration limit) throws IOException {
        if (raw.isClosed()) {
            raw = new Socket();
            socket = raw;
        }
        try {
            raw.connect(to, Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    InetSocketAddress local() {
        return (InetSocketAddress) raw.getLocalSocketAddress();
    }

    /** Bytes that came before anybody asked for them. */
    boolean pending() throws IOException {
        return at < end || socket.getInputStream().available() > 0;
    }

    /** Goes on with TLS. */
    SSLSession secure(Trust trust, String host) throws IOException {
        SSLSocket tls = (SSLSocket) trust.context().getSocketFactory().createSocket(raw, host, raw.getPort(), true);
        trust.name(tls, host);
        tls.startHandshake();
        socket = tls;
        return tls.getSession();
    }

    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Reads a whole reply. */
    Reply reply(Stage stage) throws IOException, Trouble {
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = line(stage);
            boolean form = line.length() >= 3 && line.substring(0, 3).chars().allMatch(c -> c >= '0' && c <= '9')
                && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
            if (!form) {
                throw new Trouble(stage, "what the server sends is not SMTP: " + (line.length() > 100 ? line.substring(0, 100) + "..." : line));
            }
            if (lines.size() >= bounds.lines()) {
                throw new Trouble(stage, "the reply has more than " + bounds.lines() + " lines; not read on");
            }
            lines.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() == 3 || line.charAt(3) == ' ') {
                return new Reply(Integer.parseInt(line.substring(0, 3)), List.copyOf(lines));
            }
        }
    }

    private String line(Stage stage) throws IOException, Trouble {
        byte[] line = new byte[256];
        int n = 0;
        while (true) {
            if (at == end && !fill()) {
                throw new Trouble(stage, n == 0 ? "the server hung up" : "the server hung up in the middle of a line");
            }
            byte b = buffer[at++];
            if (b == '\n') {
                int length = n > 0 && line[n - 1] == '\r' ? n - 1 : n;
                return new String(line, 0, length, StandardCharsets.UTF_8);
            }
            if (n == bounds.line()) {
                throw new Trouble(stage, "a line of the reply is longer than " + bounds.line() + " bytes; not read on");
            }
            if (n == line.length) {
                line = Arrays.copyOf(line, Math.min(bounds.line(), 2 * n));
            }
            line[n++] = b;
        }
    }

    private boolean fill() throws IOException {
        InputStream in = socket.getInputStream();
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    @Override
    public void close() {
        try {
            raw.close();
        } catch (IOException e) {
            // It is closed as far as this side can close it.
        }
    }
}
