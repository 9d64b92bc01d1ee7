package saslscope.redact;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Other addresses for addresses. Neighbours stay neighbours (IPv4: /24, IPv6: /64), private ones stay private in their own range;
 * loopback, unspecified, broadcast and multicast addresses stay as they are. Public ones come from ranges that belong to nobody:
 * 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 (RFC 5737), then 198.18.0.0/15 (RFC 2544) and, for a log with very many networks,
 * 240.0.0.0/4; for IPv6 2001:db8::/32 (RFC 3849).
 */
final class Addresses {
    private static final int FEW = 3 + 512;
    private static final int MANY = 15 << 16;
    private static final int TRIES = 6;
    /** Networks that are remembered so that no two share a place; two of those beyond may. */
    private static final int MOST = 200_000;

    private final Permutation permutation;
    private final Map<Integer, Integer> networks = new HashMap<>();
    private final Set<Integer> taken = new HashSet<>();

    Addresses(Permutation permutation) {
        this.permutation = permutation;
    }

    /** @param address an IPv4 address in host byte order */
    int v4(int address) {
        int first = address >>> 24;
        int second = address >>> 16 & 255;
        if (first == 0 || first == 127 || first >= 224 && first < 240 || address == -1) {
            return address;
        }
        int network = address >>> 8;
        int host = host(address & 255, network);
        if (first == 10) {
            return 10 << 24 | bits(network & 0xffff, 16, "10") << 8 | host;
        }
        if (first == 172 && second >> 4 == 1) {
            return 172 << 24 | 16 << 16 | bits(network & 0xfff, 12, "172") << 8 | host;
        }
        if (first == 192 && second == 168 || first == 169 && second == 254) {
            return first << 24 | second << 16 | bits(network & 0xff, 8, "" + first) << 8 | host;
        }
        if (first == 100 && second >> 6 == 1) {
            return 100 << 24 | 64 << 16 | bits(network & 0x3fff, 14, "100") << 8 | host;
        }
        return slot(network) << 8 | host;
    }

    /** The first and the last address of a network keep their meaning. */
    private int host(int host, int network) {
        return host == 0 || host == 255 ? host
            : 1 + permutation.apply(new int[] {host - 1}, new int[] {254}, "host " + network)[0];
    }

    private int bits(int value, int bits, String form) {
        int low = bits / 2;
        int[] out = permutation.apply(new int[] {value >> low, value & (1 << low) - 1}, new int[] {1 << bits - low, 1 << low}, form);
        return out[0] << low | out[1];
    }

    /** The network in place of a public one: where the key puts it, or the next place if that is taken. */
    private int slot(int network) {
        Integer known = networks.get(network);
        if (known != null) {
            return known;
        }
        if (networks.size() >= MOST) {
            return slot(network, TRIES);
        }
        int slot = slot(network, 0);
        for (int i = 1; taken.contains(slot); i++) {
            slot = slot(network, i);
        }
        networks.put(network, slot);
        taken.add(slot);
        return slot;
    }

    private int slot(int network, int attempt) {
        int room = attempt < TRIES ? FEW : MANY;
        int[] noise = permutation.apply(new int[] {network >> 12, network & 0xfff, 0, 0}, new int[] {4096, 4096, 4096, 4096},
            "network " + attempt);
        return place((noise[2] << 12 | noise[3]) % room, room);
    }

    private static int place(int n, int room) {
        if (room == MANY) {
            return 240 << 16 | n;
        }
        return switch (n) {
            case 0 -> 192 << 16 | 2;
            case 1 -> 198 << 16 | 51 << 8 | 100;
            case 2 -> 203 << 16 | 113;
            default -> (198 << 16 | 18 << 8) + n - 3;
        };
    }

    /** @param a the eight groups of an IPv6 address */
    int[] v6(int[] a) {
        boolean zeros = true;
        for (int i = 0; i < 5; i++) {
            zeros &= a[i] == 0;
        }
        if (zeros && a[5] == 0 && a[6] == 0 && a[7] <= 1 || a[0] >> 8 == 0xff) {
            return a;
        }
        if (zeros && (a[5] == 0xffff || a[5] == 0)) {
            int mapped = v4(a[6] << 16 | a[7]);
            return new int[] {0, 0, 0, 0, 0, a[5], mapped >>> 16, mapped & 0xffff};
        }
        int[] out = new int[8];
        int[] wide = {65536, 65536, 65536, 65536};
        int[] host = permutation.apply(new int[] {a[4], a[5], a[6], a[7]}, wide, "host6 " + a[0] + ":" + a[1] + ":" + a[2] + ":" + a[3]);
        int[] net = permutation.apply(new int[] {a[0], a[1], a[2], a[3]}, wide, "network6");
        boolean local = a[0] >> 6 == 0xfe80 >> 6;
        boolean unique = a[0] >> 9 == 0xfc00 >> 9;
        out[0] = local ? a[0] : unique ? 0xfd00 | net[0] & 255 : 0x2001;
        out[1] = local ? a[1] : unique ? net[1] : 0xdb8;
        out[2] = local ? a[2] : net[2];
        out[3] = local ? a[3] : net[3];
        System.arraycopy(host, 0, out, 4, 4);
        return out;
    }
}
