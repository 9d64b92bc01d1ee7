package saslscope.doctor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Dovecot's configuration says of logins: blocks in braces, with {@code !include} followed.
 *
 * @param path      of the main file
 * @param listeners sockets of {@code service auth}
 * @param files     password files of {@code passdb} blocks
 * @param mechanisms {@code auth_mechanisms}, as written; empty if not set
 */
record DovecotConf(String path, List<String> listeners, List<String> files, String mechanisms) {
    private static final int INCLUDES = 100;
    private static final Pattern OPENS = Pattern.compile("(\\S+)(?:\\s+(\\S+))?(?:\\s+(\\S+))?\\s*\\{");
    private static final Pattern FILE = Pattern.compile("(?:args|passwd_file_path)\\s*=\\s*(?:.*\\s)?(/[^\\s%]+)\\s*");

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
        List<String> files = new ArrayList<>();
        String mechanisms = "";
        Deque<String> blocks = new ArrayDeque<>();
        boolean passwdFile = false;
        String file = null;
        for (String line : lines) {
            Matcher opens = OPENS.matcher(line);
            if (opens.matches()) {
                String name = opens.group(1) + (opens.group(2) == null ? "" : " " + opens.group(2));
                if (name.startsWith("unix_listener ") && blocks.contains("service auth")) {
                    listeners.add(opens.group(2));
                }
                blocks.push(name);
                passwdFile = name.equals("passdb passwd-file");
                file = null;
            } else if (line.equals("}")) {
                if (!blocks.isEmpty() && blocks.pop().startsWith("passdb") && passwdFile && file != null) {
                    files.add(file);
                }
            } else if (!blocks.isEmpty() && blocks.peek().startsWith("passdb")) {
                Matcher f = FILE.matcher(line);
                passwdFile |= line.matches("driver\\s*=\\s*passwd-file");
                file = f.matches() ? f.group(1) : file;
            } else if (line.startsWith("auth_mechanisms")) {
                mechanisms = line.substring(line.indexOf('=') + 1).strip();
            }
        }
        return new DovecotConf(path, List.copyOf(listeners), List.copyOf(files), mechanisms);
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
