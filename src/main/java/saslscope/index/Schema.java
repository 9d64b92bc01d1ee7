package saslscope.index;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import saslscope.definition.Nearest;

/**
 * The fields that can be searched. Keys of a document that are not named here are kept and given back, but not searched.
 *
 * <p>Whoever changes this, or the order of the fields, so that an index made before would answer differently raises
 * {@link #VERSION}.
 */
public enum Schema {
    TIME("time", "@timestamp", Kind.TIME, Column.ONE, "everybody: what happened when", List.of()),
    TYPE("type", "doc.type", Kind.WORD, Column.ONE, "who wants single events or incidents, not attempts", List.of()),
    ID("id", "event.id", Kind.ID, Column.NONE, "scripts that come back to one attempt", List.of()),
    CATEGORY("category", "event.category", Kind.WORD, Column.NONE, "who wants faults of the set-up only", List.of()),
    ACTION("action", "event.action", Kind.WORD, Column.ONE, "who tells relay refusals from failed logins", List.of()),
    OUTCOME("outcome", "event.outcome", Kind.WORD, Column.ONE, "who compares failures with successes", List.of()),
    REASON("reason", "event.reason", Kind.TEXT, Column.ONE, "who knows the server's words but not their meaning", List.of()),
    MESSAGE("message", "event.original", Kind.TEXT, Column.NONE, "who greps; the default when no field is named", List.of()),
    IP("ip", "source.ip", Kind.IP, Column.ONE, "who follows one client or one network",
        List.of("destination.ip", "client_ips", "saslscope.field.client.address")),
    PORT("port", "source.port", Kind.LONG, Column.ONE, "who joins with a firewall's or proxy's log", List.of()),
    CLIENT("client", "source.domain", Kind.WORD, Column.ONE, "who follows clients of one provider", List.of("destination.domain")),
    USER("user", "user.name", Kind.USER, Column.ONE, "the help desk: why can't this user log in",
        List.of("users", "saslscope.field.user")),
    DOMAIN("domain", "user.domain", Kind.WORD, Column.ONE, "who cares for one customer's domain or one realm", List.of("realms"), "realm"),
    MECHANISM("mech", "sasl.mechanism", Kind.WORD, Column.ONE, "who suspects a mechanism",
        List.of("mechanisms", "saslscope.field.mechanism"), "mechanism"),
    SERVICE("service", "service.name", Kind.WORD, Column.ONE, "who runs several smtpd services", List.of("services")),
    SOFTWARE("software", "service.type", Kind.WORD, Column.ONE, "who tells Postfix from Dovecot and Cyrus", List.of()),
    HOST("host", "host.name", Kind.WORD, Column.ONE, "who has several hosts in one log", List.of("hosts")),
    PID("pid", "process.pid", Kind.LONG, Column.ONE, "who goes through one process's life", List.of()),
    FILE("file", "log.file.path", Kind.EXACT, Column.ONE, "who asks what one log held", List.of()),
    OFFSET("offset", "log.offset", Kind.LONG, Column.ONE, "who goes back to the line; puts equal times in order", List.of()),
    DIRECTION("direction", "sasl.direction", Kind.WORD, Column.ONE, "who runs a relay client", List.of()),
    PATTERN("pattern", "saslscope.pattern", Kind.WORD, Column.ONE, "who writes patterns", List.of()),
    CAUSE("cause", "diagnosis.cause", Kind.WORD, Column.ONE, "everybody: the leading cause", List.of()),
    CERTAINTY("certainty", "diagnosis.certainty", Kind.WORD, Column.ONE, "who acts only on what is proven", List.of()),
    CANDIDATE("candidate", "diagnosis.candidates", Kind.WORD, Column.MANY, "who wants all that a cause may explain", List.of()),
    INCIDENT("incident", "incident.id", Kind.WORD, Column.ONE, "who opens an incident", List.of()),
    STATE("state", "state", Kind.WORD, Column.ONE, "who looks at what is still open", List.of()),
    SEVERITY("severity", "severity", Kind.WORD, Column.ONE, "who has little time", List.of()),
    TITLE("title", "title", Kind.TEXT, Column.NONE, "who remembers how an incident was called", List.of()),
    KIND("kind", "kind", Kind.WORD, Column.ONE, "who looks for attacks, or leaves them out", List.of());

    /** Raised with every change after which an older index can't be used. */
    public static final int VERSION = 2;

    /** How a field's value is indexed and compared. */
    public enum Kind {
        /** A time; compared by the microsecond. */
        TIME,
        /** A whole number. */
        LONG,
        /** An IPv4 or IPv6 address; found by address, network and range. */
        IP,
        /** A word or a name as a whole; upper and lower case are the same. */
        WORD,
        /** A name as a whole, upper and lower case differ. */
        EXACT,
        /** As EXACT, but it is also found by what stands before its @. */
        USER,
        /** The document's id. */
        ID,
        /** Words in order, upper and lower case are the same. */
        TEXT
    }

    /** Whether the values are kept in columns, for sorting and counting. */
    public enum Column {
        NONE, ONE, MANY
    }

    private static final Schema[] ALL = values();
    private static final Map<String, Schema> BY_NAME = Arrays.stream(values())
        .flatMap(f -> Stream.concat(Stream.of(f.field, f.key), f.aliases.stream()).distinct().map(n -> Map.entry(n, f)))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final String field;
    private final String key;
    private final Kind kind;
    private final Column column;
    private final String who;
    private final List<String> more;
    private final List<String> aliases;

    Schema(String field, String key, Kind kind, Column column, String who, List<String> more, String... aliases) {
        this.field = field;
        this.key = key;
        this.kind = kind;
        this.column = column;
        this.who = who;
        this.more = more;
        this.aliases = List.of(aliases);
    }

    /** The field with that number in the order above; stored documents refer to fields by it. */
    static Schema at(int number) {
        return ALL[number];
    }

    /** Its short name in queries, which is also its name in the index. */
    public String field() {
        return field;
    }

    /** Its key in a document. */
    public String key() {
        return key;
    }

    /** Other keys whose values are found by this field, as those of incidents; they are not counted. */
    List<String> more() {
        return more;
    }

    public Kind kind() {
        return kind;
    }

    public Column column() {
        return column;
    }

    /** Who searches by it. */
    String who() {
        return who;
    }

    /** The field of that short name, other name or key. */
    public static Optional<Schema> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * The field of that name, if its values can be counted and sorted.
     *
     * @throws QueryProblem if not
     */
    public static Schema countable(String name) {
        String countable = Arrays.stream(values()).filter(f -> f.column != Column.NONE && f != TIME).map(Schema::field)
            .collect(Collectors.joining(", "));
        Schema f = of(name).orElseThrow(() -> new QueryProblem(name, 0, "there is no field '" + name + "'"
            + nearest(name).map(n -> "; did you mean '" + n + "'?").orElse(""), countable));
        if (f.column == Column.NONE) {
            throw new QueryProblem(name, 0, "the values of '" + name + "' are not kept in a form that can be counted", countable);
        }
        return f;
    }

    /** The name that comes nearest to a mistyped one, if any comes near. */
    static Optional<String> nearest(String name) {
        String typed = name.toLowerCase(Locale.ROOT);
        if (typed.length() > 40) {
            return Optional.empty();
        }
        int bound = Math.max(1, typed.length() / 3);
        return BY_NAME.keySet().stream()
            .filter(n -> Nearest.distance(typed, n) <= bound || typed.length() > 2 && n.startsWith(typed))
            .min(Comparator.<String>comparingInt(n -> Nearest.distance(typed, n)).thenComparing(Comparator.naturalOrder()));
    }
}
