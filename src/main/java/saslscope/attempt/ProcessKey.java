package saslscope.attempt;

import saslscope.event.Origin;

/** One process of one host. Process ids are reused, so a key lives only as long as its session. */
record ProcessKey(String host, String tag, int pid) {
    static ProcessKey of(Origin o) {
        return new ProcessKey(o.host(), o.tag(), o.pid());
    }
}
