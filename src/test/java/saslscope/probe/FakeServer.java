package saslscope.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server that plays a script to each client, one after the other. */
public final class FakeServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    /** What the server does with one client. */
    public interface Script {
        void play(Peer peer) throws Exception;
    }

    /** One client. */
    public final class Peer {
        private Socket socket;

        Peer(Socket socket) {
            this.socket = socket;
        }

        /** The client's port. */
        public int port() {
            return socket.getPort();
        }

        /** Sends lines. */
        public void say(String... lines) throws IOException {
            for (String line : lines) {
                write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** The next line of the client; null when it has gone. */
        public String hear() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = socket.getInputStream().read(); b != '\n'; b = socket.getInputStream().read()) {
                if (b < 0) {
                    return null;
                }
                line.write(b);
            }
            String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
            heard.add(text);
            return text;
        }

        /** A response, decoded. */
        String response() throws IOException {
            return new String(Base64.getDecoder().decode(hear()), StandardCharsets.UTF_8);
        }

        /** A challenge, encoded. */
        void challenge(String text) throws IOException {
            say("334 " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }

        void tls(SSLContext context) throws IOException {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            tls.setUseClientMode(false);
            tls.startHandshake();
            socket = tls;
        }

        /** Banner and EHLO. */
        public void greet(String... capabilities) throws IOException {
            say("220 mail.example.com ESMTP");
            hello(capabilities);
        }

        void hello(String... capabilities) throws IOException {
            hear();
            say("250-mail.example.com");
            for (String c : capabilities) {
                say("250-" + c);
            }
            say("250 8BITMIME");
        }

        /** The end of every good session. */
        public void bye() throws IOException {
            if ("QUIT".equals(hear())) {
                say("221 2.0.0 Bye");
            }
        }
    }

    public FakeServer(Script script) throws IOException {
        listener = new ServerSocket(0, 5, null);
        Thread.ofPlatform().daemon().start(() -> {
            while (!listener.isClosed()) {
                try (Socket client = listener.accept()) {
                    script.play(new Peer(client));
                } catch (Exception e) {
                    // The client went away, or the test is over; what was heard tells.
                }
            }
        });
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** All that clients said. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    Probe probe(String host, Login login) {
        return new Probe(new Target(host, port(), false), new Addresses(List.of(InetAddress.getLoopbackAddress()), null), login, false, false,
            Bounds.STANDARD, null, () -> "fyko+d2lbbFgONRv9qkxdawL", InstantSource.system());
    }

    /** A throw-away key whose certificate has these alternative names; made by the JDK's own keytool. */
    static KeyStore key(Path folder, String names, String... more) throws Exception {
        Path file = folder.resolve("key" + Files.list(folder).count() + ".p12");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "a",
            "-keyalg", "EC", "-dname", "CN=fake", "-storetype", "PKCS12", "-storepass", "throwaway", "-keystore", file.toString()));
        if (names != null) {
            command.addAll(List.of("-ext", "san=" + names));
        }
        command.addAll(List.of(more));
        Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (p.waitFor() != 0) {
            throw new IOException(said);
        }
        return KeyStore.getInstance(file.toFile(), "throwaway".toCharArray());
    }

    static SSLContext context(KeyStore key) throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(key, "throwaway".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** A store that vouches for that key. */
    static KeyStore trusting(KeyStore key) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("a", key.getCertificate("a"));
        return store;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
