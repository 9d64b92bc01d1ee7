package saslscope.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that says what it is told to, whether or not the server offers it. */
public final class Dialogue {
    private Dialogue() {
    }

    /** Sends each line after the reply to the one before; the replies' last lines, the banner first. The server may hang up. */
    public static List<String> talk(int port, String... lines) throws IOException {
        List<String> replies = new ArrayList<>();
        try (Socket s = new Socket(InetAddress.getLoopbackAddress(), port)) {
            s.setSoTimeout(15_000);
            BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), StandardCharsets.ISO_8859_1));
            replies.add(reply(in));
            for (String line : lines) {
                s.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
                replies.add(reply(in));
            }
        }
        return replies;
    }

    private static String reply(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        return line == null ? "" : line;
    }
}
