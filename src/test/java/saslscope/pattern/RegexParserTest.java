package saslscope.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the notation means, seen through the expression that it becomes. Refusals are among the cases of {@link LawsTest}. */
class RegexParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
        "a..c ~ a\u0085c ~ a\u0085c", "\\h+ ~ 12fFg ~ 12fF", "[[:alpha:]_]+ ~ 1a_b2 ~ a_b", "[^[:space:]]+ ~ ` a b` ~ a", "\\p{Alnum}+ ~ -a1- ~ a1", "\\p{^Digit}+ ~ 1ab2 ~ ab",
        "[]a]+ ~ xa]a ~ a]a", "[\\]\\[-]+ ~ a[-]b ~ [-]", "a{2} ~ aaa ~ aa", "a{,2} ~ aaa ~ aa", "a{x} ~ a{x} ~ a{x}", "a{1,2}? ~ aa ~ a", "a++b ~ aaab ~ aaab",
        "a{1,2}+b ~ aaaab ~ aaaab", "(?i)sAsL ~ xSASLx ~ SASL", "(?i:a)b ~ AB ab ~ ab", "a(?i)b|C ~ c ~ c", "a(?#note)b ~ ab ~ ab", "(?>a+)b ~ aab ~ aab", "\\x41\\u0042\\t ~ `AB\t` ~ `AB\t`",
        "^a|b$ ~ xb ~ b", "(?<x.y>a)(?'z'b)(?P<w>c) ~ abc ~ abc", "ä+ ~ xääy ~ ää", "\\Aa\\z ~ a ~ a", "\\/\\-\\: ~ x/-: ~ /-:", "% %x %% ~ % %x %% ~ % %x %%", "[a-c&]+ ~ xb&y ~ b&", "ab*c ~ abbc ac ~ abbc"})
    void reads(String expression, String text, String match) throws RegexParser.Refused {
        Node node = SegmentMatcherTest.parse(expression);
        String latin = Literals.string(text.getBytes(StandardCharsets.UTF_8));
        Matcher m = JavaRegex.compile(node).matcher(latin);
        assertEquals(true, m.find());
        assertEquals(match, new String(Literals.bytes(m.group()), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"%{A}, A, ''", "%{A:b}, A, b", "%{A:b:int}, A, b", "%{A:[b][c]}, A, b.c", "%{A:[@metadata][c]:float}, A, @metadata.c", "%{A_1:b-c}, A_1, b-c"})
    void readsReferences(String expression, String name, String field) throws RegexParser.Refused {
        assertEquals(new Node.Ref(name, field, 0), SegmentMatcherTest.parse(expression));
    }
}
