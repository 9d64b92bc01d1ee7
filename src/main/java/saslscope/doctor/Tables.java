package saslscope.doctor;

import java.util.Locale;
import java.util.Set;

/** Postfix's lookup tables, as far as their names tell ({@code hash:/etc/postfix/sasl_passwd}). */
final class Tables {
    /** Types whose file is compiled by postmap into another one, and that file's ending. */
    private static final Set<String> COMPILED = Set.of("hash", "btree", "cdb", "lmdb", "dbm", "sdbm");
    /** Types that are text files of {@code key value} lines. */
    private static final Set<String> TEXT = Set.of("texthash");

    private Tables() {
    }

    /** A table: {@code type:name}. */
    record Table(String type, String name) {
        boolean compiled() {
            return COMPILED.contains(type);
        }

        /** Whether its keys stand in a text file: the source of a compiled one, too. */
        boolean text() {
            return compiled() || TEXT.contains(type);
        }

        /** The file that Postfix opens; null if it is none of these types. */
        String opened() {
            return switch (type) {
                case "hash", "btree" -> name + ".db";
                case "cdb" -> name + ".cdb";
                case "lmdb" -> name + ".lmdb";
                case "dbm", "sdbm" -> name + ".pag";
                case "texthash" -> name;
                default -> null;
            };
        }

        @Override
        public String toString() {
            return type + ":" + name;
        }
    }

    /** The table of a word; null if it is none. */
    static Table of(String word) {
        int colon = word.indexOf(':');
        return colon <= 0 ? null : new Table(word.substring(0, colon).toLowerCase(Locale.ROOT), word.substring(colon + 1));
    }

    /** Whether a file looks like a table of relay passwords, by the names that people give it. */
    static boolean passwords(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.contains("sasl_pass") || name.contains("saslpass") || name.contains("relay_pass") || name.contains("smtp_auth")
            || name.contains("sasl/passwd") || name.equals("passwd") && path.contains("postfix") || name.contains("password") && path.contains("postfix");
    }
}
