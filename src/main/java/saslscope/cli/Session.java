package saslscope.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import saslscope.definition.DefinitionException;
import saslscope.diagnosis.Diagnoser;
import saslscope.diagnosis.History;
import saslscope.diagnosis.HostFacts;

/** One run of one command: the plan, the streams, and the definitions once somebody needs them. */
final class Session {
    /** Users and clients whose past a diagnosis may look at. */
    private static final int PEERS = 30_000;

    private final Surroundings surroundings;
    private final Writer out;
    private final Writer err;
    private final Supplier<Given> given;
    private Plan plan;
    private Definitions definitions;

    /** A command, and what the options that all commands have mean. */
    record Given(Task task, Plan plan) {
    }

    /** @param given reads the settings anew, and with them the command; throws a {@link Refusal} if they make no sense */
    Session(Surroundings surroundings, Plan plan, Writer out, Writer err, Supplier<Given> given) {
        this.surroundings = surroundings;
        this.plan = plan;
        this.out = out;
        this.err = err;
        this.given = given;
    }

    /** UTF-8 text, buffered. */
    static Writer utf8(OutputStream stream) {
        return new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 16 << 10);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Plan plan() {
        return plan;
    }

    /** Standard output. */
    Writer out() {
        return out;
    }

    /** Standard error. */
    Writer err() {
        return err;
    }

    /** Writes a line of results. */
    void say(String line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a message about the run to standard error. */
    void note(String message) {
        try {
            out.flush();
            err.write("saslscope: " + message + "\n");
            err.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Same, unless the user wants it quiet. */
    void hint(String message) {
        if (!plan.quiet()) {
            note(message);
        }
    }

    /** A definition's file, as seen from the installation. */
    String place(Path file) {
        return (file.startsWith(surroundings.home()) ? surroundings.home().relativize(file) : file).toString();
    }

    /** A diagnoser that knows nothing of the past yet. */
    Diagnoser diagnoser() throws DefinitionException {
        return diagnoser(HostFacts.NONE);
    }

    /** The same with evidence of a host. */
    Diagnoser diagnoser(HostFacts host) throws DefinitionException {
        return new Diagnoser(definitions().causes(), host, new History(PEERS), surroundings.platform());
    }

    /** The command, with the settings as they are now. */
    Given given() {
        return given.get();
    }

    /**
     * Loads the definitions anew.
     *
     * @param next the plan from now on
     * @throws DefinitionException if they have errors; then they stay as they were, and the plan too
     */
    void reload(Plan next) throws DefinitionException {
        definitions = surroundings.loading().load(next.definitions());
        plan = next;
    }

    /** The title of a cause, or its code if it has none or no definitions are loaded. */
    String title(String code) {
        return definitions == null ? code : definitions.title(code);
    }

    /** The loaded definitions. */
    Definitions definitions() throws DefinitionException {
        if (definitions == null) {
            definitions = surroundings.loading().load(plan.definitions());
        }
        return definitions;
    }
}
