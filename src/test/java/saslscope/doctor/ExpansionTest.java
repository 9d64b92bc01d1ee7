package saslscope.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What postconf makes of references, written out by hand. {@link PostconfTest} asks a real one. */
class ExpansionTest {
    private static final Map<String, String> VALUES = Map.of("a", "one", "b", "$a two", "empty", "", "n", "10", "m", "9",
        "compatibility_level", "3.6", "loop", "$loop", "b_c", "under");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "REFUSED", value = {
        "plain | plain",
        "$a | one",
        "${a}x | onex",
        "$(a)x | onex",
        "$b! | one two!",
        "$b_c-$a | under-one",
        "$$a | $a",
        "x$nosuch.y | x.y",
        "${a?yes} | yes",
        "${empty?yes}. | .",
        "${nosuch?yes}. | .",
        "${empty:no} | no",
        "${a:no}. | .",
        "${a?$b} | one two",
        "${a?{yes}:{no}} | yes",
        "${empty?{yes}:{no}} | no",
        "${empty ? {yes} : {no}} | no",
        "${a?x:y} | x:y",
        "${a??foo:{b}ar} | ?foo:{b}ar",
        "${{$a} == {one} ? {same} : {other}} | same",
        "${{$a} != {one} ? {same} : {other}} | other",
        "${{$n} > {$m} ? {more} : {less}} | more",
        "${{ten} > {nine} ? {more} : {less}} | more",
        "${{$n} < {$m}:{no less}} | no less",
        "${{$a} == {one}} | true",
        "${{$compatibility_level} <level {1} ? {} : {permit_mynetworks, permit_sasl_authenticated}} | permit_mynetworks, permit_sasl_authenticated",
        "${{$compatibility_level} >=level {3.5} ? {new} : {old}} | new",
        "${{3.10} >level {3.9} ? {new} : {old}} | new",
        "${{3.10} > {3.9} ? {new} : {old}} | old",
        "${a?{x{y}z}:{no}} | x{y}z",
        "$loop | REFUSED",
        "${a | REFUSED",
        "${} | REFUSED",
        "$ | REFUSED",
        "${a-b} | REFUSED",
        "${{x} ~ {y} ? {1} : {2}} | REFUSED",
        "${a?{x} y} | REFUSED"})
    void expandsLikePostconf(String text, String expected) {
        assertEquals(Optional.ofNullable(expected), Expansion.of(text, VALUES::get));
    }

    @Test
    void levelsCompareByTheirNumbers() {
        assertTrue(Expansion.levels("3.10", "3.9") > 0);
        assertEquals(0, Expansion.levels("2", "2.0.0"));
    }
}
