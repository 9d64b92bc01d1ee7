package saslscope.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder with {@code postconf-n.txt} in it: what {@code doctor --save} or a person took down of a host.
 *
 * <p>{@code files/} holds files under their own paths; {@code host.txt} holds sections that begin with {@code $ command}:
 * {@code ls -l}, {@code ls -ld}, {@code ls -m}, {@code ps}, {@code id}. A snapshot without {@code files/} has a few files side
 * by side ({@code main.cf}, {@code smtpd.conf} ...), and host.txt says where they stood ({@code smtpd.conf was found at ...});
 * such a file that is missing was missing on the host.
 */
final class Snapshot implements Root {
    /** The section with the time at which the snapshot was taken. */
    static final String DATE = "date -u +%FT%TZ";
    private static final Pattern FOUND = Pattern.compile("(\\S+) was found at (\\S+)");
    /** Files that stand side by side, and where they are if host.txt does not say. */
    private static final Map<String, String> USUAL = Map.of("main.cf", "/etc/postfix/main.cf", "master.cf", "/etc/postfix/master.cf",
        "smtpd.conf", "/etc/postfix/sasl/smtpd.conf", "dovecot.conf", "/etc/dovecot/dovecot.conf", "sasl_passwd", "/etc/postfix/sasl_passwd",
        "pam.d-smtp", "/etc/pam.d/smtp");

    private final Path folder;
    private final boolean whole;
    private final LsLines ls;
    private final Map<String, List<String>> sections = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    /**
     * @param zone of stamps that carry none
     */
    Snapshot(Path folder, ZoneId zone) throws IOException {
        this.folder = folder;
        this.whole = Files.isDirectory(folder.resolve("files"));
        Path host = folder.resolve("host.txt");
        Instant taken = Files.getLastModifiedTime(Files.exists(host) ? host : folder).toInstant();
        this.ls = new LsLines(zone, taken);
        List<String> section = new ArrayList<>();
        for (String line : text(host).lines().toList()) {
            Matcher found = FOUND.matcher(line);
            if (line.startsWith("$ ")) {
                section = sections.computeIfAbsent(line.substring(2).strip(), k -> new ArrayList<>());
            } else if (sections.isEmpty() && found.matches()) {
                places.put(found.group(2), found.group(1));
            } else {
                section.add(line);
            }
        }
        sections.values().forEach(s -> {
            while (!s.isEmpty() && s.getLast().isBlank()) {
                s.removeLast();
            }
        });
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    }

    /** As {@code doctor --save} wrote it; the time of a file would change when it is copied. */
    @Override
    public Instant taken() {
        List<String> lines = sections.getOrDefault(DATE, List.of(""));
        try {
            return lines.isEmpty() || lines.getFirst().isEmpty() ? null : Instant.parse(lines.getFirst().strip());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @Override
    public Instant now() {
        return taken();
    }

    @Override
    public boolean live() {
        return false;
    }

    @Override
    public Reading<String> text(String path, Masking masking) {
        for (String p : LsLines.alike(path)) {
            Path file = file(p);
            if (file != null && Files.isRegularFile(file)) {
                try {
                    return new Reading.Found<>(Secrets.masked(text(file), masking));
                } catch (IOException e) {
                    return new Reading.Hidden<>("the snapshot's " + folder.relativize(file) + " can't be read");
                }
            }
            List<String> cat = sections.get("cat " + p);
            if (cat != null) {
                return refused(cat);
            }
        }
        if (!whole && !places.containsKey(path) && usual(path) || state(path).absent()) {
            return new Reading.Absent<>();
        }
        return new Reading.Hidden<>("the snapshot does not hold it");
    }

    /** Where a file of the host stands in the snapshot; null if it is none of those side by side. */
    private Path file(String path) {
        if (whole) {
            Path file = folder.resolve("files" + path).normalize();
            return file.startsWith(folder.resolve("files").normalize()) ? file : null;
        }
        String name = places.get(path);
        if (name == null && (path.equals("/etc/postfix/main.cf") || path.equals("/etc/postfix/master.cf"))) {
            name = path.substring(path.lastIndexOf('/') + 1);
        }
        return name == null ? null : folder.resolve(name).getFileName().equals(Path.of(name)) ? folder.resolve(name) : null;
    }

    private static boolean usual(String path) {
        return USUAL.containsValue(path) || path.equals("/etc/sasl2/smtpd.conf");
    }

    private static <T> Reading<T> refused(List<String> lines) {
        String all = String.join("\n", lines);
        if (all.contains("No such file") || all.contains("Not a directory")) {
            return new Reading.Absent<>();
        }
        return new Reading.Hidden<>(all.contains("ermission denied") ? "permission denied" : "the snapshot does not hold it");
    }

    @Override
    public Reading<FileState> state(String path) {
        for (String p : LsLines.alike(path)) {
            for (String command : List.of("ls -ld " + p, "ls -l " + p)) {
                List<String> lines = sections.get(command);
                if (lines != null) {
                    FileState state = lines.isEmpty() || lines.getFirst().startsWith("total ") ? null : ls.state(lines.getFirst());
                    if (state != null) {
                        return new Reading.Found<>(state);
                    }
                    if (lines.isEmpty() || !lines.getFirst().startsWith("total ")) {
                        return refused(lines);
                    }
                }
            }
            String parent = p.substring(0, p.lastIndexOf('/') + 1);
            List<String> listed = sections.getOrDefault("ls -l " + parent, sections.get("ls -l " + parent.substring(0, Math.max(0, parent.length() - 1))));
            if (listed != null && parent.length() > 1) {
                String name = p.substring(parent.length());
                if (!listed.isEmpty() && !listed.getFirst().startsWith("total ")) {
                    return refused(listed);
                }
                return listed.stream().filter(l -> name.equals(LsLines.name(l))).findFirst().map(ls::state)
                    .<Reading<FileState>>map(Reading.Found::new).orElseGet(Reading.Absent::new);
            }
        }
        if (!whole && usual(path) && !places.containsKey(path)) {
            return new Reading.Absent<>();
        }
        return new Reading.Hidden<>("the snapshot does not hold it");
    }

    @Override
    public Reading<List<String>> list(String dir) {
        for (String p : LsLines.alike(dir)) {
            for (String command : List.of("ls -m " + p, "ls -m " + p + "/*.so", "ls -l " + p, "ls -l " + p + "/")) {
                List<String> lines = sections.get(command);
                if (lines != null) {
                    boolean words = command.startsWith("ls -m");
                    if (!lines.isEmpty() && (lines.getFirst().startsWith("ls: ") || words && lines.getFirst().contains("cannot access"))) {
                        return refused(lines);
                    }
                    return new Reading.Found<>(words ? LsLines.words(lines) : lines.stream().map(LsLines::name).filter(n -> n != null).sorted().toList());
                }
            }
        }
        return new Reading.Hidden<>("the snapshot does not hold it");
    }

    @Override
    public Reading<String> run(Command command) {
        List<String> lines = sections.get(command.line());
        if (lines == null && command.equals(Command.PROCESSES)) {
            lines = sections.get("ps -eo user,args");
        }
        if (lines != null) {
            return lines.size() == 1 && lines.getFirst().startsWith("saslscope: ")
                ? new Reading.Hidden<>(lines.getFirst().substring("saslscope: ".length()))
                : new Reading.Found<>(Secrets.masked(String.join("\n", lines) + "\n", Masking.SECRETS));
        }
        if (command.equals(Command.ACCOUNTS) && Files.exists(folder.resolve("sasldblistusers2.txt"))) {
            try {
                return new Reading.Found<>(text(folder.resolve("sasldblistusers2.txt")));
            } catch (IOException e) {
                return new Reading.Hidden<>("the snapshot's sasldblistusers2.txt can't be read");
            }
        }
        return new Reading.Hidden<>("the snapshot does not hold its output");
    }
}
