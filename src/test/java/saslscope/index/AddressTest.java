package saslscope.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.apache.lucene.document.InetAddressPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({"192.0.2.7,192.0.2.7", "0.0.0.0,0.0.0.0", "255.255.255.255,255.255.255.255", "2001:DB8::7,2001:db8::7", "::,::", "::1,::1",
        "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1", "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1", "fe80::,fe80::", "::ffff:192.0.2.1,192.0.2.1",
        "64:ff9b::192.0.2.33,64:ff9b::c000:221", "1:2:3:4:5:6:7:8,1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4,1:2:3:4:5:6:102:304", "1::8,1::8"})
    void isReadAndWritten(String text, String written) {
        assertEquals(written, Address.format(Address.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4x", "1..2.3", "1.2.3.", ":", ":::", "1::2::3", "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9", "12345::", "g::", "::1%eth0", "1:2:3:4:5:6:7::8:9", "1.2.3.4:5", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4::5:6:7:8",
        "0001.1.1.1", "-1.2.3.4", "localhost"})
    void isNone(String text) {
        assertNull(Address.parse(text));
    }

    @Test
    void agreesWithJavaOnRandomAddresses() throws UnknownHostException {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(4) == 0 ? 4 : 16];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
            }
            InetAddress java = InetAddress.getByAddress(bytes);
            byte[] ours = Address.parse(java.getHostAddress());
            assertArrayEquals(InetAddressPoint.encode(java), ours);
            assertArrayEquals(ours, Address.parse(Address.format(ours)));
        }
    }
}
