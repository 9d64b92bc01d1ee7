package saslscope.pattern;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The fields that patterns with an event may capture. */
public enum Field {
    CLIENT_NAME("client.name", true), CLIENT_ADDRESS("client.address", false), CLIENT_PORT("client.port", false),
    MECHANISM("mechanism", true), REASON("reason", true), USER("user", true), REALM("realm", true),
    AUTHZID("authzid", true), SENDER("sender", true), RECIPIENT("recipient", true), HELO("helo", true),
    QUEUE("queue", false), STAGE("stage", false),
    AUTH_OK("auth.ok", false), AUTH_ALL("auth.all", false),
    SERVICE("service", false), VERIFIER("verifier", false), BACKEND("backend", false),
    PATH("path", false), ERROR("error", false), PLUGIN("plugin", false), OPTION("option", false),
    SERVER_NAME("server.name", false), SERVER_ADDRESS("server.address", false), SERVER_PORT("server.port", false),
    REPLY("reply", true), DSN("dsn", false), STATUS("status", false),
    ACTION("action", false), PROCESS("process", false), PROCESS_ID("process.id", false), VERSION("version", false),
    COUNT("count", false), LIMIT("limit", false), KEY("key", false), DETAIL("detail", true),
    TTY("tty", true), RHOST("rhost", true), RUSER("ruser", true), UID("uid", false), METHOD("method", true),
    SESSION("session", false), TLS("tls", false),
    /** Never kept: masked in the text, left out of the fields. */
    SECRET("secret", true),
    /** What a client answered in a login dialogue, in base64. Kept as little as a secret; {@link Dialogues} takes the login from it. */
    RESPONSE("response", true),
    /** The same, decoded by the program that logs it. */
    RESPONSE_TEXT("response.text", true),
    /** What a server asked in a login dialogue, in base64. Kept as little as a secret. */
    CHALLENGE("challenge", false),
    /** The same, as it was before it was coded. */
    CHALLENGE_TEXT("challenge.text", false);

    private static final Map<String, Field> BY_TEXT = byText();

    private final String text;
    private final boolean clientChosen;

    Field(String text, boolean clientChosen) {
        this.text = text;
        this.clientChosen = clientChosen;
    }

    /** The name as it stands in pattern files. */
    public String text() {
        return text;
    }

    /** True if a client can choose the text, so that it may imitate anything. */
    public boolean clientChosen() {
        return clientChosen;
    }

    /** True if the value never leaves this package. */
    boolean hidden() {
        return ordinal() >= SECRET.ordinal();
    }

    /** True if the value names a person, a host, an address or a message. */
    public boolean names() {
        return switch (this) {
            case CLIENT_NAME, CLIENT_ADDRESS, USER, REALM, AUTHZID, SENDER, RECIPIENT, HELO, QUEUE, SERVER_NAME, SERVER_ADDRESS,
                RHOST, RUSER, SESSION -> true;
            case CLIENT_PORT, MECHANISM, REASON, STAGE, AUTH_OK, AUTH_ALL, SERVICE, VERIFIER, BACKEND, PATH, ERROR, PLUGIN, OPTION,
                SERVER_PORT, REPLY, DSN, STATUS, ACTION, PROCESS, PROCESS_ID, VERSION, COUNT, LIMIT, KEY, DETAIL, TTY, UID, METHOD, TLS,
                SECRET, RESPONSE, RESPONSE_TEXT, CHALLENGE, CHALLENGE_TEXT -> false;
        };
    }

    private static Map<String, Field> byText() {
        Map<String, Field> map = new HashMap<>();
        for (Field f : values()) {
            map.put(f.text, f);
        }
        return map;
    }

    /** The field of that name. */
    public static Optional<Field> of(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }
}
