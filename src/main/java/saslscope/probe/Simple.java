package saslscope.probe;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The mechanisms of a line or two. */
final class Simple {
    private Simple() {
    }

    /** RFC 4616. */
    record Plain(Login login) implements Exchange {
        @Override
        public byte[] initial() {
            return utf8((login.authzid() == null ? "" : login.authzid()) + "\0" + login.name() + "\0" + login.password());
        }

        @Override
        public byte[] answer(byte[] challenge) throws Broken {
            throw new Broken("PLAIN has one response, and the server asks for more");
        }
    }

    /** draft-murchison-sasl-login: name, then password, whatever the prompts say. */
    static final class LoginPrompts implements Exchange {
        private final Login login;
        private int asked;

        LoginPrompts(Login login) {
            this.login = login;
        }

        @Override
        public byte[] answer(byte[] challenge) throws Broken {
            return switch (asked++) {
                case 0 -> utf8(login.name());
                case 1 -> utf8(login.password());
                default -> throw new Broken("LOGIN has two prompts, and the server asks for more");
            };
        }
    }

    /** RFC 2195. */
    static final class CramMd5 implements Exchange {
        private final Login login;
        private boolean asked;

        CramMd5(Login login) {
            this.login = login;
        }

        @Override
        public byte[] answer(byte[] challenge) throws Broken {
            if (asked || challenge.length == 0) {
                throw new Broken(asked ? "CRAM-MD5 has one challenge, and the server sends more" : "the challenge of CRAM-MD5 is empty");
            }
            asked = true;
            return utf8(login.name() + " " + Hashes.hex(Hashes.hmac("HmacMD5", utf8(login.password())).doFinal(challenge)));
        }
    }

    /** Google's and Microsoft's way to send an OAuth 2 token; a challenge after it is an error in JSON, to be answered with nothing. */
    static final class XOAuth2 implements Exchange {
        private final Login login;
        private List<String> told = List.of();

        XOAuth2(Login login) {
            this.login = login;
        }

        @Override
        public byte[] initial() {
            return utf8("user=" + login.name() + "\1auth=Bearer " + login.password() + "\1\1");
        }

        @Override
        public byte[] answer(byte[] challenge) {
            told = List.of("the server says why: " + new String(challenge, StandardCharsets.UTF_8));
            return new byte[0];
        }

        @Override
        public List<String> told() {
            return told;
        }
    }

    /** RFC 4422, appendix A: whoever the TLS layer says. */
    record External(Login login) implements Exchange {
        @Override
        public byte[] initial() {
            return utf8(login.authzid() == null ? "" : login.authzid());
        }

        @Override
        public byte[] answer(byte[] challenge) {
            return initial();
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
