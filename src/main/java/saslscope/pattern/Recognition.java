package saslscope.pattern;

import saslscope.syslog.SyslogRecord;

/** What the definitions make of one syslog message. */
public sealed interface Recognition permits Match, Recognition.Irrelevant, Recognition.Unrecognised {
    SyslogRecord record();

    /** Not about authentication, or known noise. */
    record Irrelevant(SyslogRecord record) implements Recognition {
    }

    /**
     * About authentication by its words or its program, but no pattern knows it.
     *
     * @param text the message with secrets masked
     */
    record Unrecognised(SyslogRecord record, String text) implements Recognition {
    }
}
