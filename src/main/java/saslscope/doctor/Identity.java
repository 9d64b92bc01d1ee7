package saslscope.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The account that Postfix's daemons run under, and what it may open. smtpd takes all groups of the account
 * (util/chroot_uid.c, initgroups()).
 *
 * @param groups its groups' names; empty if they are not known
 */
record Identity(String user, Set<String> groups) {
    private static final Pattern ID = Pattern.compile("\\d+\\(([^)]+)\\)");

    /** What a look at a path said. */
    sealed interface Answer {
        /** It may. */
        record Yes() implements Answer {
        }

        /**
         * It may not.
         *
         * @param path the file or the folder that keeps it out
         */
        record No(String path, FileState state) implements Answer {
        }

        /** Not to be known. */
        record Unknown(String why) implements Answer {
        }
    }

    /** By {@code id}, else by the host's own files. */
    static Identity of(Root root, String user) {
        Set<String> groups = new LinkedHashSet<>();
        String id = root.run(Command.identity(user)).or("");
        int at = id.indexOf("groups=");
        Matcher m = ID.matcher(at < 0 ? "" : id.substring(at));
        while (m.find()) {
            groups.add(m.group(1));
        }
        if (groups.isEmpty()) {
            String primary = root.read("/etc/passwd").or("").lines().map(l -> l.split(":", 5)).filter(p -> p.length > 3 && p[0].equals(user))
                .map(p -> p[3]).findFirst().orElse(null);
            root.read("/etc/group").or("").lines().map(l -> l.split(":", 4)).filter(p -> p.length > 3)
                .filter(p -> p[2].equals(primary) || List.of(p[3].strip().split(",")).contains(user)).forEach(p -> groups.add(p[0]));
        }
        return new Identity(user, Set.copyOf(groups));
    }

    /**
     * Whether it may open a file.
     *
     * @param need bits of {@code rwx}: 4 to read, 2 to write to or to connect to, 1 to enter
     */
    Answer may(Root root, String path, int need) {
        for (String folder : folders(path)) {
            if (root.state(folder) instanceof Reading.Found<FileState> f && !allowed(f.value(), 1)) {
                return groups.isEmpty() && !allowedToAll(f.value(), 1) ? new Answer.Unknown("the groups of " + user + " are not known")
                    : new Answer.No(folder, f.value());
            }
        }
        return switch (root.state(path)) {
            case Reading.Found<FileState> f when allowed(f.value(), need) -> new Answer.Yes();
            case Reading.Found<FileState> f when groups.isEmpty() -> new Answer.Unknown("the groups of " + user + " are not known");
            case Reading.Found<FileState> f -> new Answer.No(path, f.value());
            case Reading.Absent<FileState> a -> new Answer.Unknown("it is not there");
            case Reading.Hidden<FileState> h -> new Answer.Unknown(h.why());
        };
    }

    private static List<String> folders(String path) {
        List<String> folders = new ArrayList<>();
        for (int i = path.indexOf('/', 1); i > 0; i = path.indexOf('/', i + 1)) {
            folders.add(path.substring(0, i));
        }
        return folders;
    }

    private boolean allowed(FileState f, int need) {
        int shift = f.owner().equals(user) ? 6 : groups.contains(f.group()) ? 3 : 0;
        return (f.mode() >> shift & need) == need;
    }

    private static boolean allowedToAll(FileState f, int need) {
        return (f.mode() & need) == need;
    }
}
