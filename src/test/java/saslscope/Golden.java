package saslscope;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with a file below src/test/resources. {@code -Dgolden=write} rewrites the file instead; read the diff then. */
public final class Golden {
    private static final Path ROOT = Path.of("src/test/resources");

    private Golden() {
    }

    /** True if expectations are to be rewritten. */
    public static boolean writing() {
        return "write".equals(System.getProperty("golden"));
    }

    /** Asserts that the file holds just this text. */
    public static void check(String name, String actual) {
        Path file = ROOT.resolve(name);
        try {
            if (writing()) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            assertEquals(Files.exists(file) ? Files.readString(file) : "(no such file: run with -Dgolden=write)", actual, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
