package saslscope.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mechanism against the example of its RFC, and against servers that break its rules. */
class MechanismsTest {
    private static final Login PENCIL = new Login("user", null, null, "pencil");
    private static final Login CHRIS = new Login("chris", null, null, "secret");
    private static final String IMAP = "realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\",algorithm=md5-sess,charset=utf-8";

    private static String text(byte[] b) {
        return new String(b, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void plainRfc4616() {
        assertEquals("\0tim\0tanstaaftanstaaf", text(new Simple.Plain(new Login("tim", null, null, "tanstaaftanstaaf")).initial()));
        assertEquals("Ursel\0Kurt\0xipj3plmq", text(new Simple.Plain(new Login("Kurt", "Ursel", null, "xipj3plmq")).initial()));
        assertEquals("\0tim@example.com\0x", text(new Simple.Plain(new Login("tim", null, "example.com", "x")).initial()));
    }

    @Test
    void loginSendsNameThenPassword() throws Exception {
        Exchange e = new Simple.LoginPrompts(CHRIS);
        assertNull(e.initial());
        assertEquals("chris", text(e.answer(bytes("Username:"))));
        assertEquals("secret", text(e.answer(bytes("Password:"))));
        assertThrows(Exchange.Broken.class, () -> e.answer(bytes("Mother's name:")));
    }

    @Test
    void cramMd5Rfc2195() throws Exception {
        Exchange e = new Simple.CramMd5(new Login("tim", null, null, "tanstaaftanstaaf"));
        assertEquals("tim b913a602c7eda7a495b4e6e7334d3890", text(e.answer(bytes("<1896.697170952@postoffice.reston.mci.net>"))));
        assertThrows(Exchange.Broken.class, () -> e.answer(bytes("<again@x>")));
        assertThrows(Exchange.Broken.class, () -> new Simple.CramMd5(CHRIS).answer(new byte[0]));
    }

    @Test
    void digestMd5Rfc2831() throws Exception {
        DigestMd5 imap = new DigestMd5(CHRIS, "imap/elwood.innosoft.com", "OA6MHXh6VqTrRk");
        String said = text(imap.answer(bytes(IMAP)));
        assertTrue(said.contains("response=d388dad90d4bbd760a152321f2143af7"), said);
        assertTrue(said.contains("realm=\"elwood.innosoft.com\"") && said.contains("username=\"chris\""), said);
        assertThrows(Exchange.Broken.class, imap::accepted, "not before the server has proved itself");
        assertArrayEquals(new byte[0], imap.answer(bytes("rspauth=ea40f60335c427b5527b84dbabcdfffd")));
        imap.accepted();
        DigestMd5 acap = new DigestMd5(CHRIS, "acap/elwood.innosoft.com", "OA9BSuZWMSpW8m");
        said = text(acap.answer(bytes("realm=\"elwood.innosoft.com\",nonce=\"OA9BSXrbuRhWay\",qop=\"auth\",algorithm=md5-sess,charset=utf-8")));
        assertTrue(said.contains("response=6084c6db3fede7352c551284490fd0fc"), said);
        assertArrayEquals(new byte[0], acap.answer(bytes("rspauth=2f0b3d7c3c2e486600ef710726aa2eae")));
    }

    @Test
    void digestMd5SendsTheRealmThatIsAskedFor() throws Exception {
        DigestMd5 e = new DigestMd5(new Login("chris", "boss", "other\"realm", "secret"), "smtp/x", "n");
        String said = text(e.answer(bytes(IMAP)));
        assertTrue(said.contains("realm=\"other\\\"realm\"") && said.contains("authzid=\"boss\""), said);
        assertEquals(List.of("the server names the realm elwood.innosoft.com; sent: user chris, realm other\"realm"), e.told());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "realm=\"x\"", "nonce=\"x\"", "nonce=\"x\",algorithm=md5", "nonce=\"x\",algorithm=md5-sess,qop=\"auth-conf\""})
    void digestMd5RefusesWhatIsNoChallenge(String challenge) {
        assertThrows(Exchange.Broken.class, () -> new DigestMd5(CHRIS, "smtp/x", "n").answer(bytes(challenge)));
    }

    @Test
    void digestMd5IsBounded() throws Exception {
        assertThrows(Exchange.Broken.class, () -> new DigestMd5(CHRIS, "smtp/x", "n").answer(bytes("x".repeat(100_000))));
        String escapes = "nonce=\"" + "\\\"".repeat(900) + "\",algorithm=md5-sess";
        assertTrue(new DigestMd5(CHRIS, "smtp/x", "n").answer(bytes(escapes)).length > 0);
        DigestMd5 e = new DigestMd5(CHRIS, "smtp/x", "n");
        e.answer(bytes(IMAP));
        assertThrows(Exchange.Broken.class, () -> e.answer(bytes("rspauth=00000000000000000000000000000000")));
    }

    @Test
    void scramSha1Rfc5802() throws Exception {
        Scram e = new Scram("SHA-1", PENCIL, "fyko+d2lbbFgONRv9qkxdawL");
        assertEquals("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL", text(e.initial()));
        assertEquals("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            text(e.answer(bytes("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"))));
        assertThrows(Exchange.Broken.class, e::accepted);
        assertArrayEquals(new byte[0], e.answer(bytes("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=")));
        e.accepted();
    }

    @Test
    void scramSha256Rfc7677() throws Exception {
        Scram e = new Scram("SHA-256", PENCIL, "rOprNGfwEbeRWgbNEkqO");
        assertEquals("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            text(e.answer(bytes("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))));
        assertArrayEquals(new byte[0], e.answer(bytes("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")));
        e.accepted();
    }

    @Test
    void scramWritesNamesAndPasswordsAsTheRfcWants() {
        assertEquals("n,a=b=2Cc,n=x=3Dy,r=N", text(new Scram("SHA-1", new Login("x=y", "b,c", null, "p"), "N").initial()));
        // The examples of RFC 4013, section 3.
        assertEquals("IX", Scram.prepared("I\u00adX"));
        assertEquals("a", Scram.prepared("\u00aa"));
        assertEquals("IX", Scram.prepared("\u2168"));
        assertEquals("a b", Scram.prepared("a\u00a0b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "r=N,s=QSXC,i=4096", "r=Other,s=QSXC,i=4096", "r=NX,s=QSXC,i=0", "r=NX,s=QSXC,i=999999999", "r=NX,s=!!,i=4096", "r=NX,i=4096",
        "m=x,r=NX,s=QSXC,i=4096", "e=unknown-user"})
    void scramRefusesWhatIsNoChallenge(String challenge) {
        assertThrows(Exchange.Broken.class, () -> new Scram("SHA-1", PENCIL, "N").answer(bytes(challenge)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=AAAA", "e=invalid-proof", "", "v=!"})
    void scramRefusesAServerThatDoesNotKnowThePassword(String last) throws Exception {
        Scram e = new Scram("SHA-1", PENCIL, "N");
        e.answer(bytes("r=NX,s=QSXCR+Q6sek8bf92,i=1"));
        assertThrows(Exchange.Broken.class, () -> e.answer(bytes(last)));
    }

    @Test
    void xoauth2AnswersTheErrorWithNothing() throws Exception {
        Exchange e = new Simple.XOAuth2(new Login("someuser@example.com", null, null, "ya29.token"));
        assertEquals("user=someuser@example.com\1auth=Bearer ya29.token\1\1", text(e.initial()));
        assertArrayEquals(new byte[0], e.answer(bytes("{\"status\":\"401\"}")));
        assertEquals(List.of("the server says why: {\"status\":\"401\"}"), e.told());
    }

    @Test
    void theStrongestThatTakesAPassword() {
        assertEquals(List.of(Mechanism.SCRAM_SHA_256, Mechanism.CRAM_MD5, Mechanism.PLAIN, Mechanism.LOGIN),
            Mechanism.withPassword(List.of("LOGIN", "PLAIN", "XOAUTH2", "CRAM-MD5", "GSSAPI", "SCRAM-SHA-256", "EXTERNAL")));
        assertEquals(Mechanism.SCRAM_SHA_1, Mechanism.of("scram-sha-1").orElseThrow());
    }
}
