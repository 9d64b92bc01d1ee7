package saslscope.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The configuration of a Postfix: main.cf, master.cf, and the defaults for what they leave out. */
final class Postfix {
    /** Defaults of Postfix 3.7 (global/mail_params.h), for hosts whose own postconf can't be asked. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
        Map.entry("compatibility_level", "0"), Map.entry("mail_owner", "postfix"), Map.entry("queue_directory", "/var/spool/postfix"),
        Map.entry("config_directory", "/etc/postfix"), Map.entry("multi_instance_name", ""), Map.entry("relayhost", ""),
        Map.entry("syslog_name", "${multi_instance_name?{$multi_instance_name}:{postfix}}"), Map.entry("cyrus_sasl_config_path", ""),
        Map.entry("smtpd_sasl_auth_enable", "no"), Map.entry("smtpd_sasl_type", "cyrus"), Map.entry("smtpd_sasl_path", "smtpd"),
        Map.entry("smtpd_sasl_local_domain", ""), Map.entry("smtpd_sasl_security_options", "noanonymous"),
        Map.entry("smtpd_sasl_tls_security_options", "$smtpd_sasl_security_options"), Map.entry("smtpd_sasl_service", "smtp"),
        Map.entry("smtpd_sasl_mechanism_filter", "!external, static:rest"), Map.entry("smtpd_sasl_exceptions_networks", ""),
        Map.entry("smtpd_discard_ehlo_keywords", ""), Map.entry("smtpd_tls_auth_only", "no"), Map.entry("smtpd_tls_security_level", ""),
        Map.entry("smtpd_tls_cert_file", ""), Map.entry("smtpd_tls_chain_files", ""), Map.entry("smtpd_tls_wrappermode", "no"),
        Map.entry("smtpd_relay_restrictions", "${{$compatibility_level} <level {1} ? {} : {permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination}}"),
        Map.entry("smtpd_recipient_restrictions", ""), Map.entry("smtpd_client_restrictions", ""), Map.entry("smtpd_sender_restrictions", ""),
        Map.entry("smtpd_helo_restrictions", ""), Map.entry("smtpd_timeout", "${stress?{10}:{300}}s"), Map.entry("mynetworks", ""),
        Map.entry("smtp_sasl_auth_enable", "no"), Map.entry("smtp_sasl_type", "cyrus"), Map.entry("smtp_sasl_password_maps", ""),
        Map.entry("smtp_sasl_security_options", "noplaintext, noanonymous"),
        Map.entry("smtp_sasl_tls_security_options", "$smtp_sasl_security_options"), Map.entry("smtp_sasl_mechanism_filter", ""),
        Map.entry("smtp_sender_dependent_authentication", "no"), Map.entry("sender_dependent_relayhost_maps", ""),
        Map.entry("smtp_tls_security_level", ""), Map.entry("mydomain", "localdomain"), Map.entry("myhostname", ""));

    private final Map<String, Setting> settings;
    private final Map<String, Setting> defaults;
    private final List<Service> services;
    private final Reading<String> main;
    private final Reading<String> master;
    private final List<String> broken;

    private Postfix(Reading<String> main, Reading<String> master, Map<String, Setting> settings, Map<String, Setting> defaults,
                    List<MasterCf.Entry> entries, List<String> broken) {
        this.main = main;
        this.master = master;
        this.settings = settings;
        this.defaults = defaults;
        this.broken = List.copyOf(broken);
        this.services = entries.stream().map(e -> new Service(e, this)).toList();
    }

    /** Reads a host's configuration. */
    static Postfix of(Root root, Platform platform) {
        String folder = platform.postfix();
        Reading<String> main = root.read(folder + "/main.cf");
        Reading<String> master = root.read(folder + "/master.cf");
        Map<String, Setting> defaults = new TreeMap<>();
        DEFAULTS.forEach((n, v) -> defaults.put(n, new Setting(v, Setting.DEFAULT)));
        MainCf.parse(root.run(Command.DEFAULTS).or(""), "", p -> { })
            .forEach((n, s) -> defaults.put(n, new Setting(s.value(), Setting.DEFAULT)));
        List<String> broken = new ArrayList<>();
        return new Postfix(main, master, MainCf.parse(main.or(""), folder + "/main.cf", broken::add), defaults,
            MasterCf.parse(master.or(""), folder + "/master.cf"), broken);
    }

    /** main.cf as it was read. */
    Reading<String> main() {
        return main;
    }

    Reading<String> master() {
        return master;
    }

    /** Lines of main.cf at which Postfix stops. */
    List<String> broken() {
        return broken;
    }

    List<Service> services() {
        return services;
    }

    /** The services that run a program: {@code smtpd}. */
    List<Service> running(String command) {
        return services.stream().filter(s -> s.command().equals(command)).toList();
    }

    /** A parameter as written, and where; empty if nobody knows it. */
    Setting setting(String name) {
        Setting s = settings.get(name);
        return s != null ? s : defaults.getOrDefault(name, new Setting("", Setting.DEFAULT));
    }

    /** What main.cf says, sorted by name. */
    Map<String, Setting> settings() {
        return new TreeMap<>(settings);
    }

    /** A parameter of main.cf, expanded. */
    String get(String name) {
        return expand(setting(name).value(), n -> null);
    }

    /** Expands, looking into {@code own} first. */
    String expand(String text, Function<String, Setting> own) {
        return Expansion.of(text, n -> {
            Setting s = own.apply(n);
            if (s == null) {
                s = settings.get(n);
            }
            if (s == null) {
                s = defaults.get(n);
            }
            return s == null ? null : s.value();
        }).orElse(text);
    }

    String queueDirectory() {
        return get("queue_directory");
    }

    /** What {@code -} in the chroot column means: yes below compatibility level 1 (master_ent.c). */
    boolean chrootByDefault() {
        String level = get("compatibility_level");
        return !level.matches("\\d+(\\.\\d+){0,2}") || Expansion.levels(level, "1") < 0;
    }

    /** Words between commas and blanks; a {@code { ... }} group is one word. */
    static List<String> words(String list) {
        return Arrays.stream(list.split("[\\s,]+")).filter(w -> !w.isEmpty()).toList();
    }
}
