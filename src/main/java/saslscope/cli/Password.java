package saslscope.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.ByteBuffer;

/** The one password of a trial: from a file, the environment or the terminal, never from an argument. */
final class Password {
    static final String VARIABLE = "SASLSCOPE_PASSWORD";
    private static final int LONGEST = 8_192;
    private static final String ELSEWHERE = "use --password-file or $" + VARIABLE;

    private Password() {
    }

    /**
     * Reads it.
     *
     * @param file as typed; null for the environment, else the terminal
     * @throws Refusal if there is none or it can be none; never with its text
     */
    static String read(Session session, String file) {
        String set = session.surroundings().env().get(VARIABLE);
        String password = file != null ? fromFile(file) : set != null ? set : prompt(session);
        if (password.isEmpty() || password.indexOf('\0') >= 0) {
            throw new Refusal((file != null ? "--password-file=" + Shown.of(file) : set != null ? "$" + VARIABLE : "the password")
                + (password.isEmpty() ? ": it is empty" : ": it holds a NUL, which no mechanism can send") + "; give one password");
        }
        return password;
    }

    private static String fromFile(String file) {
        String name = "--password-file=" + Shown.of(file);
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new Refusal(name + ": too large; it must hold one password on its only line");
            }
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            String password = text.replaceFirst("\r?\n\\z", "");
            if (password.indexOf('\n') >= 0) {
                throw new Refusal(name + ": it has several lines; probe tries one password, not lists of them");
            }
            return password;
        } catch (CharacterCodingException e) {
            throw new Refusal(name + ": not UTF-8 text; it must hold one password on its only line");
        } catch (IOException e) {
            throw new Refusal(name + ": " + Reasons.of(e) + "; name a file that you can read");
        }
    }

    private static String prompt(Session session) {
        Console console = session.surroundings().inTty() ? System.console() : null;
        if (console == null) {
            throw new Refusal("there is no terminal to ask for the password on; " + ELSEWHERE);
        }
        char[] typed;
        session.surroundings().stop().prompting(true);
        try {
            typed = console.readPassword("Password: ");
        } finally {
            session.surroundings().stop().prompting(false);
        }
        if (typed == null) {
            throw new Refusal("no password was typed; " + ELSEWHERE);
        }
        return new String(typed);
    }
}
