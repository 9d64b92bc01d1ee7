package saslscope.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import saslscope.definition.DefinitionException;
import saslscope.live.Printable;
import saslscope.redact.OrdinaryWords;
import saslscope.redact.Redaction;
import saslscope.source.Discovery;
import saslscope.source.Limits;
import saslscope.source.Line;
import saslscope.source.LineSelector;
import saslscope.source.Log;
import saslscope.source.LogReader;
import saslscope.source.Problem;
import saslscope.syslog.SyslogParser;

/** Writes a log again without what others must not see. */
final class Redacting {
    private static final int KEY = 32;
    private static final int SHORTEST = 16;
    private static final long LARGEST = 1 << 16;
    private static final int BUFFER = 1 << 16;

    private final Session session;
    private final RedactCommand options;
    private boolean complete = true;

    Redacting(Session session, RedactCommand options) {
        this.session = session;
        this.options = options;
    }

    int run() throws DefinitionException, IOException {
        Surroundings s = session.surroundings();
        if (options.file == null && s.inTty()) {
            throw new Refusal("redact: FILE is missing; name a log, or - for standard input");
        }
        if (options.keyFile != null && !options.pseudonymize) {
            throw new Refusal("--key-file: without --pseudonymize no name is swapped; add it or leave this out");
        }
        Plan plan = session.plan();
        SyslogParser parser = new SyslogParser(plan.zone(), plan.year());
        parser.part(() -> s.time().millis(), List.of());
        Definitions definitions = session.definitions();
        Redaction redaction = options.pseudonymize
            ? Redaction.ofNames(definitions.patterns(), parser, ordinary(definitions), key())
            : Redaction.ofSecrets(definitions.patterns(), parser);
        InputStream stdin = new StoppableInput(s.in(), s.stop());
        OutputStream out = new OutputPipe(s.out(), "standard output");
        long cut = 0;
        long read = 0;
        for (Log log : Discovery.logs(List.of(options.file == null ? "-" : options.file), this::problem)) {
            try (LogReader lines = LogReader.open(log, stdin, LineSelector.ALL, Limits.STANDARD, s.time(), this::problem)) {
                copy(lines, redaction, out, s.stop());
                cut += lines.tally().cut();
                read += lines.tally().lines();
            }
        }
        if (plan.verbose()) {
            session.note("lines: " + read + " read = " + read + " written, " + cut + " of them cut");
        }
        if (cut > 0) {
            session.hint("lines longer than 64 KiB: " + cut + "; the rest of each was left out");
        }
        if (redaction.changed() > 0) {
            session.hint("lines that a swapped name made into something else: " + redaction.changed()
                + "; run it again, with another key, before you post the result");
        }
        return complete ? Exit.DONE : Exit.USAGE;
    }

    private static void copy(LogReader lines, Redaction redaction, OutputStream out, Stop stop) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream(2 * BUFFER);
        long raw = 0;
        for (Line line = lines.next(); line != null && !stop.getAsBoolean(); line = lines.next()) {
            // What came in together goes out together: whoever writes to the pipe slowly sees each line at once.
            long read = lines.tally().rawBytes();
            if (block.size() > BUFFER || read != raw && block.size() > 0) {
                block.writeTo(out);
                out.flush();
                block.reset();
            }
            raw = read;
            redaction.line(line, shown -> add(shown, block));
        }
        redaction.end(shown -> add(shown, block));
        block.writeTo(out);
        out.flush();
    }

    private static void add(byte[] line, ByteArrayOutputStream block) {
        block.writeBytes(line);
        block.write('\n');
    }

    private void problem(Problem p) {
        complete = false;
        session.note(Printable.of(p.toString()));
    }

    private Set<String> ordinary(Definitions definitions) throws DefinitionException {
        Set<String> words = new HashSet<>(definitions.patterns().words());
        words.addAll(OrdinaryWords.load(session.plan().definitions()));
        return words;
    }

    private byte[] key() {
        byte[] fresh = new byte[KEY];
        new SecureRandom().nextBytes(fresh);
        if (options.keyFile == null) {
            return fresh;
        }
        String shown = "--key-file=" + Shown.of(options.keyFile);
        Path file = Path.of(options.keyFile);
        try {
            if (Files.exists(file) && Files.size(file) > LARGEST) {
                throw new Refusal(shown + ": larger than 64 KiB, so it is no key; name another file");
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length < SHORTEST) {
                throw new Refusal(shown + ": holds fewer than " + SHORTEST + " bytes; name a file that is not there, and a key is made");
            }
            return key;
        } catch (NoSuchFileException e) {
            byte[] text = (HexFormat.of().formatHex(fresh) + "\n").getBytes(StandardCharsets.US_ASCII);
            write(file, text, shown);
            session.hint("wrote a new key to " + Shown.of(options.keyFile) + "; who has it can test guesses, so keep it to yourself");
            return text;
        } catch (IOException e) {
            throw new Refusal(shown + ": cannot be read: " + Reasons.of(e));
        }
    }

    private static void write(Path file, byte[] text, String shown) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mine = posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))} : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mine)) {
            channel.write(ByteBuffer.wrap(text));
        } catch (FileAlreadyExistsException e) {
            throw new Refusal(shown + ": somebody made it just now; try again");
        } catch (IOException e) {
            throw new Refusal(shown + ": cannot be written: " + Reasons.of(e));
        }
    }
}
