package saslscope.probe;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where a name leads.
 *
 * @param problem why it leads nowhere; null if it does
 */
public record Addresses(List<InetAddress> all, String problem) {
    /** Looks the target's name up. */
    public static Addresses of(Target target, Duration limit) {
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(target.host()));
        Thread.ofPlatform().daemon().name("looks up a name").start(lookup);
        try {
            return new Addresses(List.of(lookup.get(limit.toMillis(), TimeUnit.MILLISECONDS)), null);
        } catch (TimeoutException e) {
            return new Addresses(List.of(), "no name server answered within " + Wire.seconds(limit));
        } catch (ExecutionException e) {
            return new Addresses(List.of(), e.getCause() instanceof UnknownHostException ? "no such host: the name has no address"
                : String.valueOf(e.getCause().getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Addresses(List.of(), "interrupted");
        }
    }

    /** Whether all of it is this host. */
    public boolean here() {
        return !all.isEmpty() && all.stream().allMatch(Addresses::here);
    }

    private static boolean here(InetAddress a) {
        try {
            return a.isLoopbackAddress() || a.isAnyLocalAddress() || NetworkInterface.getByInetAddress(a) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}
