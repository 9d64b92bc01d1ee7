package saslscope.doctor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Dovecot's configuration says of logins: blocks in braces, with {@code !include} followed.
 *
 * @param path      of the main file
 * @param listeners sockets of {@code service auth}
 * @param passdbs   who is asked for passwords, in order
 * @param settings  what stands outside of all blocks
 */
record DovecotConf(String path, List<String> listeners, List<Passdb> passdbs, Map<String, String> settings) {
    private static final int INCLUDES = 100;
    private static final Pattern OPENS = Pattern.compile("(\\S+)(?:\\s+(\\S+))?(?:\\s+(\\S+))?\\s*\\{");
    private static final Pattern FILE = Pattern.compile("(?:args|passwd_file_path)\\s*=\\s*(?:.*\\s)?(/[^\\s%]+)\\s*");
    private static final Pattern FORMAT = Pattern.compile("username_format\\s*=\\s*(\\S+)");

    /**
     * A {@code passdb} block.
     *
     * @param file   a password file of its own; null if it has none, or one for each domain
     * @param format {@code username_format}; null if not set
     */
    record Passdb(String driver, String file, String format) {
    }

    /** Of the Dovecot that runs, if it was told which file to read, else of the system's. */
    static DovecotConf of(Root root, Processes processes) {
        return processes.first("dovecot").map(p -> p.option('c')).filter(Objects::nonNull).filter(f -> f.startsWith("/")).map(f -> parse(root, f))
            .orElseGet(() -> parse(root, usual(root)));
    }

    private static String usual(Root root) {
        return root.state("/usr/local/etc/dovecot/dovecot.conf").found() ? "/usr/local/etc/dovecot/dovecot.conf" : "/etc/dovecot/dovecot.conf";
    }

    private static DovecotConf parse(Root root, String path) {
        List<String> lines = new ArrayList<>();
        read(root, path, lines, new int[1]);
        List<String> listeners = new ArrayList<>();
        List<Passdb> passdbs = new ArrayList<>();
        Map<String, String> settings = new HashMap<>();
        Deque<String> blocks = new ArrayDeque<>();
        String driver = null;
        String file = null;
        String format = null;
        for (String line : lines) {
            Matcher opens = OPENS.matcher(line);
            boolean passdb = !blocks.isEmpty() && blocks.peek().startsWith("passdb");
            if (opens.matches()) {
                String name = opens.group(1) + (opens.group(2) == null ? "" : " " + opens.group(2));
                if (name.startsWith("unix_listener ") && blocks.contains("service auth")) {
                    listeners.add(opens.group(2));
                }
                blocks.push(name);
                // Since 2.4 the driver is the block's name.
                driver = name.startsWith("passdb ") ? opens.group(2) : null;
                file = null;
                format = null;
            } else if (line.equals("}")) {
                if (passdb) {
                    passdbs.add(new Passdb(driver == null ? "" : driver, file, format));
                }
                blocks.poll();
            } else if (passdb) {
                Matcher f = FILE.matcher(line);
                Matcher names = FORMAT.matcher(line);
                driver = line.matches("driver\\s*=.*") ? line.substring(line.indexOf('=') + 1).strip() : driver;
                file = f.matches() ? f.group(1) : file;
                format = names.find() ? names.group(1) : format;
            } else if (blocks.isEmpty() && line.indexOf('=') > 0) {
                settings.put(line.substring(0, line.indexOf('=')).strip(), line.substring(line.indexOf('=') + 1).strip());
            }
        }
        return new DovecotConf(path, List.copyOf(listeners), List.copyOf(passdbs), Map.copyOf(settings));
    }

    /** The password files. */
    List<String> files() {
        return passdbs.stream().filter(p -> p.driver().equals("passwd-file") && p.file() != null).map(Passdb::file).toList();
    }

    /** The one file that decides who has an account; null if there are others who are asked, too. */
    String onlyFile() {
        return passdbs.size() == 1 && files().size() == 1 && settings.get("dovecot_config_version") == null ? files().getFirst() : null;
    }

    /**
     * The name that is looked up in that file for a login (auth/auth-request.c, auth_request_fix_username(); auth/passdb-passwd-file.c).
     *
     * @return null if the format is one that is not understood here
     */
    String key(String login) {
        String realm = settings.getOrDefault("auth_default_realm", "");
        String whole = login.indexOf('@') < 0 && !realm.isEmpty() ? login + "@" + realm : login;
        String name = formatted(settings.getOrDefault("auth_username_format", "%Lu"), whole);
        return name == null ? null : formatted(passdbs.getFirst().format() == null ? "%u" : passdbs.getFirst().format(), name);
    }

    private static String formatted(String format, String name) {
        int at = name.indexOf('@');
        String local = at < 0 ? name : name.substring(0, at);
        return switch (format) {
            case "%u", "" -> name;
            case "%Lu" -> name.toLowerCase(Locale.ROOT);
            case "%n" -> local;
            case "%Ln" -> local.toLowerCase(Locale.ROOT);
            default -> null;
        };
    }

    private static void read(Root root, String path, List<String> lines, int[] included) {
        if (++included[0] > INCLUDES) {
            return;
        }
        for (String raw : root.read(path).or("").lines().toList()) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher m = Pattern.compile("!include(?:_try)?\\s+(\\S+)").matcher(line);
            if (!m.matches()) {
                lines.add(line);
                continue;
            }
            String target = m.group(1).startsWith("/") ? m.group(1) : path.substring(0, path.lastIndexOf('/') + 1) + m.group(1);
            String folder = target.substring(0, target.lastIndexOf('/'));
            if (target.endsWith("/*.conf")) {
                root.list(folder).or(List.of()).stream().filter(n -> n.endsWith(".conf")).forEach(n -> read(root, folder + "/" + n, lines, included));
            } else {
                read(root, target, lines, included);
            }
        }
    }
}
