package saslscope.doctor;

import java.util.List;
import java.util.Map;

/**
 * One thing that the doctor has to say.
 *
 * @param id       of its definition
 * @param cause    code of the cause of failed logins that this is; null if it breaks no login by itself
 * @param place    {@code file:line}, a path, or the command that showed it
 * @param services whom it concerns; empty for the whole host
 * @param text     what Postfix does with it
 * @param remedies what to do, by platform; empty where nothing is to be done
 */
public record Finding(String id, Status status, String cause, String place, List<String> services, String text, Map<String, String> remedies) {
    /** How it stands. The order is that of the report. */
    public enum Status {
        /** It breaks logins, or will. */
        FAULTY("faulty"),
        /** It could not be looked at; that says nothing about it. */
        COULD_NOT_LOOK("could-not-look"),
        /** As it should be. */
        FINE("fine");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** As in JSON. */
        public String word() {
            return word;
        }
    }

    /** What to do on a platform; null if nothing is to be done. */
    public String remedy(String platform) {
        return remedies.getOrDefault(platform, remedies.get("debian"));
    }
}
