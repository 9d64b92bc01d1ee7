package saslscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import saslscope.definition.DefinitionException;
import saslscope.index.IndexException;
import saslscope.index.QueryProblem;

/** Runs one command line and answers with an exit code. All that can go wrong becomes its message here. */
final class Cli {
    private final Surroundings surroundings;
    private final Writer out;
    private final Writer err;

    Cli(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.out = Session.utf8(new OutputPipe(surroundings.out(), "standard output"));
        this.err = Session.utf8(new OutputPipe(surroundings.err(), "standard error"));
    }

    /** Runs it. */
    int run(String... typed) {
        int code;
        try {
            code = answer(typed);
            out.flush();
            err.flush();
        } catch (IOException e) {
            code = broken(e);
        } catch (UncheckedIOException e) {
            code = broken(e.getCause());
        }
        return surroundings.stop().code(code);
    }

    /** When the reader of the pipe has gone it has what it wanted. */
    private int broken(IOException e) {
        if (e instanceof OutputPipe.Broken b && b.closed()) {
            return Exit.DONE;
        }
        try {
            err.write("saslscope: " + (e instanceof OutputPipe.Broken ? e.getMessage() + "; make room or choose another place"
                : Reasons.of(e)) + "\n");
            err.flush();
        } catch (IOException closed) {
            // There is nobody left to tell.
        }
        return Exit.USAGE;
    }

    private int answer(String... typed) throws IOException {
        try {
            if (List.of(typed).equals(List.of("--version"))) {
                out.write("saslscope " + Version.TEXT + "\n");
                return Exit.DONE;
            }
            return execute(Arguments.of(typed, surroundings.inTty()));
        } catch (Refusal e) {
            return message(e.getMessage(), e.code());
        } catch (QueryProblem e) {
            return message(Queries.explain(e), Exit.USAGE);
        } catch (IndexException e) {
            return message(e.getMessage(), Exit.USAGE);
        } catch (DefinitionException e) {
            return message("the definitions can't be used:\n" + e.getMessage(), Exit.USAGE);
        } catch (IOException | UncheckedIOException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            return bug(e);
        } catch (OutOfMemoryError e) {
            return message("out of memory; give it more with SASLSCOPE_JAVA_OPTS=-Xmx512m, and please report it", Exit.BUG);
        }
    }

    private int execute(Arguments arguments) throws Exception {
        Settings settings = Settings.read(surroundings.settings());
        CommandLine root = Commands.build(arguments, settings);
        ParseResult parsed;
        try {
            parsed = root.parseArgs(arguments.words());
        } catch (ParameterException e) {
            throw new Complaints(settings, arguments).refusal(e);
        }
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        CommandLine command = parsed.commandSpec().commandLine();
        if (parsed.isUsageHelpRequested()) {
            out.write(Help.of(command, surroundings));
            return Exit.DONE;
        }
        if (parsed.isVersionHelpRequested()) {
            out.write("saslscope " + Version.TEXT + "\n");
            return Exit.DONE;
        }
        if (!(command.getCommand() instanceof Task task)) {
            if (arguments.words().length == 0) {
                err.write(Help.of(command, surroundings));
                return Exit.USAGE;
            }
            throw new Refusal(command.getCommandName() + ": which one? choose "
                + String.join(", ", command.getSubcommands().keySet()));
        }
        try {
            Commands.flags(parsed, settings);
            Plan plan = Plan.of(task.common(), surroundings);
            return task.run(new Session(surroundings, plan, out, err, () -> again(arguments)));
        } catch (Refusal e) {
            throw new Complaints(settings, arguments).located(e);
        }
    }

    /** The same command line, with the settings as they are now. */
    private Session.Given again(Arguments arguments) {
        Settings settings = Settings.read(surroundings.settings());
        try {
            ParseResult parsed = Commands.build(arguments, settings).parseArgs(arguments.words());
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            Commands.flags(parsed, settings);
            Task task = parsed.commandSpec().commandLine().getCommand();
            return new Session.Given(task, Plan.of(task.common(), surroundings));
        } catch (ParameterException e) {
            throw new Complaints(settings, arguments).refusal(e);
        } catch (Refusal e) {
            throw new Complaints(settings, arguments).located(e);
        }
    }

    private int message(String text, int code) throws IOException {
        out.flush();
        err.write("saslscope: " + text + "\n");
        return code;
    }

    private int bug(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace, true));
        try {
            out.flush();
            err.write("saslscope: this is a bug in saslscope " + Version.TEXT + ", Java " + Runtime.version()
                + ". Please report it with the lines below and, if you can, the log lines that were being read\n"
                + "(have a look at them first: logs hold names and addresses).\n" + trace);
            err.flush();
        } catch (IOException closed) {
            // There is nobody left to tell.
        }
        return Exit.BUG;
    }
}
