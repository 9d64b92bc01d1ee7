package saslscope.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which smtpd.conf a service reads. libsasl2 takes the first that it can open in the folders of its path
 * (lib/server.c, load_config()); smtpd opens it before it gives up its rights and before the jail (smtpd.c, pre_jail_init()).
 *
 * @param conf   what was read; the defaults if there is none
 * @param state  {@code read}, {@code missing}, {@code elsewhere} (one stands where nobody looks), {@code misnamed} (one with another
 *               name stands where it looks), {@code broken}, {@code unknown}
 * @param wanted the file that is looked for, in all its folders
 * @param other  the file that was probably meant; null if there is none
 */
record ConfSearch(SaslConf conf, String state, String wanted, String other) {
    static ConfSearch of(Host host, Service service) {
        Root root = host.root();
        String name = service.get("smtpd_sasl_path") + ".conf";
        String path = service.get("cyrus_sasl_config_path");
        List<String> told = Arrays.stream(path.split(":")).filter(f -> !f.isEmpty()).toList();
        List<String> folders = told.isEmpty() || !host.platform().heedsConfigPath() ? host.platform().confs() : told;
        List<String> places = folders.stream().map(f -> f + "/" + name).toList();
        String wanted = String.join(" or ", places);
        for (String place : places) {
            Reading<String> text = root.read(place);
            if (text instanceof Reading.Found<String> f) {
                SaslConf conf = SaslConf.parse(f.value(), place);
                return new ConfSearch(conf, conf.broken() > 0 ? "broken" : "read", place, null);
            }
            if (text instanceof Reading.Hidden<String> && !(root.list(place.substring(0, place.lastIndexOf('/'))) instanceof Reading.Hidden)) {
                return new ConfSearch(SaslConf.none(), "unknown", place, null);
            }
            if (text instanceof Reading.Hidden<String> h && h.why().equals("permission denied")) {
                return new ConfSearch(SaslConf.none(), "unknown", place, null);
            }
        }
        List<String> others = new ArrayList<>();
        Stream.concat(told.stream(), Platform.everywhere().stream()).filter(f -> !folders.contains(f)).forEach(f -> others.add(f + "/" + name));
        String elsewhere = others.stream().filter(p -> root.read(p).found()).findFirst().orElse(null);
        if (elsewhere != null) {
            return new ConfSearch(SaslConf.none(), "elsewhere", wanted, elsewhere);
        }
        String misnamed = folders.stream().map(f -> f + "/smtpd.conf").filter(p -> !places.contains(p)).filter(p -> root.read(p).found()).findFirst().orElse(null);
        if (misnamed == null && !name.equals("smtpd.conf")) {
            misnamed = Platform.everywhere().stream().map(f -> f + "/smtpd.conf").filter(p -> root.read(p).found()).findFirst().orElse(null);
        }
        return new ConfSearch(SaslConf.none(), misnamed == null ? "missing" : "misnamed", wanted, misnamed);
    }
}
