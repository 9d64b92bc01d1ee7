package saslscope.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An application's configuration as libsasl2 reads it (lib/config.c, sasl_config_init()): {@code key: value}; blanks before
 * the key and around the value are dropped, keys are case-insensitive, the first of several lines for one key counts. Any
 * other line makes the library refuse the whole file.
 *
 * @param path   of the file; null for the built-in defaults
 * @param broken the line at which the library gives up, 1-based; 0 for none
 */
record SaslConf(String path, Map<String, Setting> settings, int broken) {
    private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z0-9_-]*):\\s*(\\S.*)", Pattern.DOTALL);

    /** No file was found: every key has its default. */
    static SaslConf none() {
        return new SaslConf(null, Map.of(), 0);
    }

    static SaslConf parse(String text, String path) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String bare = line.strip();
            if (bare.isEmpty() || bare.startsWith("#")) {
                continue;
            }
            Matcher m = LINE.matcher(line);
            if (!m.matches()) {
                return new SaslConf(path, Map.copyOf(settings), number);
            }
            settings.putIfAbsent(m.group(1).toLowerCase(Locale.ROOT), new Setting(m.group(2).stripTrailing(), path + ":" + number));
        }
        return new SaslConf(path, Map.copyOf(settings), 0);
    }

    String get(String key, String otherwise) {
        Setting s = settings.get(key);
        return s == null ? otherwise : s.value();
    }

    boolean has(String key) {
        return settings.containsKey(key);
    }

    /** The words of a value. */
    List<String> words(String key, String otherwise) {
        return new ArrayList<>(Arrays.asList(get(key, otherwise).strip().split("\\s+")));
    }

    /** Where a key stands; the file if it is not set, or what says that there is none. */
    String place(String key) {
        Setting s = settings.get(key);
        return s != null ? s.place() : path == null ? "no smtpd.conf" : path;
    }
}
