package saslscope.cli;

/** The version, from the jar's manifest. */
final class Version {
    static final String TEXT = text();

    private Version() {
    }

    private static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not from a jar)" : version;
    }
}
