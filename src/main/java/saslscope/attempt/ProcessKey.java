package saslscope.attempt;

import saslscope.event.Origin;

/** One process of one host. Process ids are reused, so a key lives only as long as its session. */
public record ProcessKey(String host, String tag, int pid) {
    static ProcessKey of(Origin o) {
        return new ProcessKey(o.host(), o.tag(), o.pid());
    }

    // Written out: asked for several times a line, and what the compiler makes for a record is slow until it is compiled well.
    @Override
    public int hashCode() {
        return (host.hashCode() * 31 + tag.hashCode()) * 31 + pid;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProcessKey k && pid == k.pid && tag.equals(k.tag) && host.equals(k.host);
    }
}
