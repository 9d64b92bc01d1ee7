package saslscope.doctor;

/**
 * A value and where it stands.
 *
 * @param value as written, not expanded
 * @param place {@code /etc/postfix/main.cf:12}, or {@code default}
 */
record Setting(String value, String place) {
    static final String DEFAULT = "default";

    boolean isDefault() {
        return place.equals(DEFAULT);
    }
}
