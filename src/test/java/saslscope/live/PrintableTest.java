package saslscope.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void controlCharactersBecomeVisible() {
        assertEquals("\\x1b[31mred\\x00\\x07\\x7f", Printable.of("\u001b[31mred\u0000\u0007\u007f"));
        assertEquals("a\\nb\\rc\\td", Printable.of("a\nb\rc\td"));
        assertEquals("<U+0085><U+009B>", Printable.of("\u0085\u009b"));
    }

    @Test
    void whatReordersOrHidesTextBecomesVisible() {
        for (String c : "061C 200B 200E 200F 202A 202B 202C 202D 202E 2028 2029 2060 2066 2067 2068 2069 FEFF 00AD 00A0 3000 3164 FFFD D800".split(" ")) {
            assertEquals("a<U+" + c + ">b", Printable.of("a" + (char) Integer.parseInt(c, 16) + "b"));
        }
        assertEquals("<U+E0041>", Printable.of("\udb40\udc41"));
    }

    @Test
    void lettersOfTheWorldStay() {
        for (String s : new String[] {"größe", "пользователь", "ユーザ", "e\u0301", "\ud83d\ude00", "אבג"}) {
            assertEquals(s, Printable.of(s));
        }
    }

    @Test
    void marksPiledUpOnOneLetterAreBounded() {
        assertEquals("e\u0301\u0301<U+0301><U+0301>x", Printable.of("e\u0301\u0301\u0301\u0301x"));
    }

    @Test
    void longTextIsCutToItsColumns() {
        assertEquals("abcd…", Printable.of("abcdefghij", 5, "…"));
        assertEquals("ユー…", Printable.of("ユーザユーザ", 5, "…"));
        assertEquals("abcde", Printable.of("abcde", 5, "…"));
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder s = new StringBuilder();
            for (int n = random.nextInt(60); n >= 0; n--) {
                s.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0x20000) : 'a' + random.nextInt(26));
            }
            String cut = Printable.of(s.toString(), 20, "…");
            assertTrue(Columns.of(cut) <= 20, cut);
            assertEquals(cut, Printable.of(cut), "nothing left to escape");
        }
    }
}
