package saslscope.doctor;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * A list like {@code mynetworks}: networks, addresses, and tables that can't be looked into.
 *
 * @param complete false if there is a table or a name among them
 */
record Networks(List<Block> blocks, boolean complete) {
    /** Addresses that begin with the same bits. */
    record Block(BigInteger address, int width, int bits) {
        boolean covers(Block other) {
            return width == other.width && bits <= other.bits && address.shiftRight(width - bits).equals(other.address.shiftRight(width - bits));
        }
    }

    static Networks of(List<String> words) {
        List<Block> blocks = new ArrayList<>();
        boolean complete = true;
        for (String word : words) {
            Block b = block(word);
            if (b != null) {
                blocks.add(b);
            } else {
                complete = false;
            }
        }
        return new Networks(List.copyOf(blocks), complete);
    }

    /** {@code 192.0.2.0/24}, {@code [2001:db8::]/32}; null if it is neither. Never asks the DNS. */
    static Block block(String word) {
        String w = word.replace("[", "").replace("]", "");
        int slash = w.indexOf('/');
        String address = slash < 0 ? w : w.substring(0, slash);
        if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*") || slash >= 0 && !w.substring(slash + 1).matches("\\d{1,3}")) {
            return null;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            int width = bytes.length * 8;
            int bits = slash < 0 ? width : Integer.parseInt(w.substring(slash + 1));
            return bits > width ? null : new Block(new BigInteger(1, bytes), width, bits);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Whether one network of the list holds all of another, or the address. */
    boolean covers(String word) {
        Block b = block(word);
        return b != null && blocks.stream().anyMatch(x -> x.covers(b));
    }

    /** The networks that hold half of the Internet or more, as written. */
    static List<String> wide(List<String> words) {
        return words.stream().filter(w -> {
            Block b = block(w);
            return b != null && b.bits() < (b.width() == 32 ? 8 : 16);
        }).toList();
    }
}
