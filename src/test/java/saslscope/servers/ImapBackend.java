package saslscope.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** As much of an IMAP server as {@code saslauthd -a rimap} asks for a password. It knows names with a realm only. */
final class ImapBackend implements AutoCloseable {
    private final int port = Mta.free();
    private ServerSocket server;

    ImapBackend() throws IOException {
        open();
    }

    int port() {
        return port;
    }

    void open() throws IOException {
        if (server != null) {
            return;
        }
        ServerSocket s = new ServerSocket();
        s.setReuseAddress(true);
        s.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server = s;
        Thread.ofVirtual().start(() -> serve(s));
    }

    private static void serve(ServerSocket s) {
        while (!s.isClosed()) {
            try (Socket c = s.accept()) {
                talk(c);
            } catch (IOException e) {
                // It hung up, or this server was closed.
                continue;
            }
        }
    }

    private static void talk(Socket c) throws IOException {
        c.setSoTimeout(5_000);
        BufferedReader in = new BufferedReader(new InputStreamReader(c.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = c.getOutputStream();
        out.write("* OK ready\r\n".getBytes(StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String tag = line.split(" ", 2)[0];
            boolean right = line.equals(tag + " LOGIN \"sally@example.com\" \"" + MailHost.PASSWORD + "\"");
            String reply = line.startsWith(tag + " LOGIN ") ? tag + (right ? " OK come in" : " NO who are you") : tag + " OK";
            out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
