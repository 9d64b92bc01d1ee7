package saslscope.definition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a whole definition file as strict UTF-8. */
final class TextFile {
    /** No definition file is larger; a log given by mistake is. */
    private static final long LIMIT = 4 << 20;

    private TextFile() {
    }

    static String read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("is a folder, not a file");
        }
        if (Files.size(path) > LIMIT) {
            throw new IOException("larger than " + (LIMIT >> 20) + " MiB: no definition file");
        }
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(path))).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Why reading failed, in words. */
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file";
            case AccessDeniedException denied -> "permission denied";
            case CharacterCodingException coding -> "not valid UTF-8";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
