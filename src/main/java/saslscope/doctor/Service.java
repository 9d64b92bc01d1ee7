package saslscope.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A service of master.cf with its effective parameters. */
final class Service {
    private static final Set<String> SUBMISSION = Set.of("submission", "submissions", "smtps", "587", "465");

    private final MasterCf.Entry entry;
    private final Postfix postfix;

    Service(MasterCf.Entry entry, Postfix postfix) {
        this.entry = entry;
        this.postfix = postfix;
    }

    /** As {@code postconf -M} names it: {@code submission/inet}. */
    String name() {
        return entry.name() + "/" + entry.type();
    }

    String place() {
        return entry.place();
    }

    String command() {
        return entry.command().substring(entry.command().lastIndexOf('/') + 1);
    }

    /** The port's name or number, without an address before it. */
    String port() {
        return entry.name().substring(entry.name().lastIndexOf(':') + 1);
    }

    /** Whether only clients that log in have business there. */
    boolean submission() {
        return entry.type().equals("inet") && SUBMISSION.contains(port().toLowerCase(Locale.ROOT));
    }

    /** Whether it runs in the queue directory as its root. */
    boolean chroot() {
        return entry.chroot().equals("-") ? postfix.chrootByDefault() : entry.chroot().equals("y");
    }

    /** A path as this service opens it. */
    String jailed(String path) {
        return chroot() && path.startsWith("/") ? postfix.queueDirectory() + path : path;
    }

    String postfixQueue() {
        return postfix.queueDirectory();
    }

    /** A parameter, expanded; what can't be expanded stays as it is. */
    String get(String name) {
        return postfix.expand(setting(name).value(), n -> n.equals("service_name") ? new Setting(entry.name(), place()) : own(n));
    }

    private Setting own(String name) {
        return entry.overrides().get(name);
    }

    /** A parameter as written, and where. */
    Setting setting(String name) {
        Setting s = own(name);
        return s != null ? s : postfix.setting(name);
    }

    /** Where a parameter stands; the service's own line if nobody set it. */
    String place(String name) {
        Setting s = setting(name);
        return s.isDefault() ? place() : s.place();
    }

    /** The words of a list. */
    List<String> words(String name) {
        return Postfix.words(get(name));
    }

    boolean yes(String name) {
        return get(name).toLowerCase(Locale.ROOT).equals("yes");
    }

    /** {@code postfix/submission/smtpd}: how syslog names it. */
    String tag() {
        return get("syslog_name") + "/" + command();
    }

    Map<String, Setting> overrides() {
        return entry.overrides();
    }
}
