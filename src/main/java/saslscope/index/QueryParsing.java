package saslscope.index;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.queryparser.classic.Token;
import org.apache.lucene.queryparser.classic.TokenMgrError;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PointRangeQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/** The classic parser, taught what the fields are. */
final class QueryParsing extends QueryParser {
    /** Classic syntax's own numbers for how a clause is joined; the parser keeps its names to itself. */
    private static final int OR = 2;
    private static final int NOT = 10;
    private static final int MOST_CLAUSES = 1000;
    private static final int LONGEST_PATTERN = 256;
    private static final int MOST_STARS = 6;

    private final QueryEscapes text;
    private final Instant now;
    private final ZoneId zone;
    /** For each list of clauses that is being read, where an OR begins a new group. */
    private final Map<List<BooleanClause>, List<Integer>> groups = new IdentityHashMap<>();
    private boolean namesType;

    QueryParsing(QueryEscapes text, Instant now, ZoneId zone) {
        super(Schema.MESSAGE.field(), Documents.analyzer());
        this.text = text;
        this.now = now;
        this.zone = zone;
        setAllowLeadingWildcard(true);
        setSplitOnWhitespace(true);
        setAutoGeneratePhraseQueries(true);
    }

    /** Reads the query; anything wrong with it is a {@link QueryProblem}. */
    Query read() {
        try {
            Query query = parse(text.escaped());
            if (clauses(query) > MOST_CLAUSES) {
                throw text.problem(0, "more than " + MOST_CLAUSES + " words to look for", "user:alice OR user:bob");
            }
            return query;
        } catch (ParseException e) {
            throw problem(e);
        } catch (TokenMgrError | IllegalArgumentException | IllegalStateException | StackOverflowError e) {
            throw text.problem(0, "the query can't be understood", "user:alice cause:wrong-realm");
        }
    }

    boolean namesType() {
        return namesType;
    }

    /** What the parser has to say, said with a place. */
    private QueryProblem problem(ParseException e) {
        Throwable cause = e.getCause();
        if (cause instanceof ParseException inner && inner.currentToken != null && inner.currentToken.next != null) {
            Token next = inner.currentToken.next;
            int place = text.place(next.beginColumn);
            if (next.kind == 0) {
                return text.problem(text.query().length(), "the query ends too early: something must follow", "user:alice AND mech:PLAIN");
            }
            return text.problem(place, "'" + next.image + "' can't stand here; if it is meant as text, put quotes around it",
                "user:alice AND \"" + next.image.replaceAll("[\\\\\"]", "") + "\"");
        }
        if (String.valueOf(e.getMessage()).contains("too many boolean clauses")) {
            return text.problem(0, "more than " + MOST_CLAUSES + " words to look for", "user:alice OR user:bob");
        }
        return text.problem(text.query().length(), "the query can't be understood up to its end", "user:alice cause:wrong-realm");
    }

    private static int clauses(Query query) {
        int[] count = new int[1];
        query.visit(new QueryVisitor() {
            @Override
            public QueryVisitor getSubVisitor(BooleanClause.Occur occur, Query parent) {
                return this;
            }

            @Override
            public void visitLeaf(Query leaf) {
                count[0]++;
            }

            @Override
            public void consumeTerms(Query parent, Term... terms) {
                count[0] += terms.length;
            }

            @Override
            public void consumeTermsMatching(Query parent, String field, Supplier<ByteRunAutomaton> automaton) {
                count[0]++;
            }
        });
        return count[0];
    }

    // --- joining clauses: all of a group must match, one group is enough ---

    @Override
    protected void addClause(List<BooleanClause> clauses, int join, int modifier, Query query) {
        if (query == null) {
            return;
        }
        if (join == OR) {
            groups.computeIfAbsent(clauses, k -> new ArrayList<>()).add(clauses.size());
        }
        clauses.add(new BooleanClause(query, modifier == NOT ? BooleanClause.Occur.MUST_NOT : BooleanClause.Occur.MUST));
    }

    @Override
    protected Query getBooleanQuery(List<BooleanClause> clauses) {
        List<Integer> starts = groups.getOrDefault(clauses, List.of());
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        int from = 0;
        for (int to : starts) {
            if (to > from) {
                any.add(all(clauses.subList(from, to)), BooleanClause.Occur.SHOULD);
                from = to;
            }
        }
        Query last = from < clauses.size() ? all(clauses.subList(from, clauses.size())) : null;
        if (from == 0) {
            return last;
        }
        return last == null ? any.build() : any.add(last, BooleanClause.Occur.SHOULD).build();
    }

    private static Query all(List<BooleanClause> clauses) {
        if (clauses.size() == 1 && !clauses.getFirst().isProhibited()) {
            return clauses.getFirst().query();
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        if (clauses.stream().allMatch(BooleanClause::isProhibited)) {
            all.add(MatchAllDocsQuery.INSTANCE, BooleanClause.Occur.FILTER);
        }
        clauses.forEach(c -> all.add(c.query(), c.isProhibited() ? c.occur() : BooleanClause.Occur.FILTER));
        return all.build();
    }

    // --- one clause ---

    private Schema field(String name) {
        Schema field = Schema.of(name).orElseThrow(() -> bad(name, "there is no field '" + name + "'", "user:alice"));
        namesType |= field == Schema.TYPE;
        return field;
    }

    /** A problem with a value; it is looked for in the query, since the parser does not tell where it was. */
    private QueryProblem bad(String value, String what, String example) {
        return text.problem(Math.max(0, text.query().indexOf(value)), what, example);
    }

    @Override
    protected Query getFieldQuery(String name, String value, boolean quoted) throws ParseException {
        Schema field = field(name);
        return switch (field.kind()) {
            case TEXT -> super.getFieldQuery(field.field(), value, quoted);
            case TIME -> {
                TimeWords t = time(value);
                yield LuceneEvents.times(LuceneEvents.micros(t.from()), LuceneEvents.micros(t.to()) - 1);
            }
            case LONG -> NumericDocValuesField.newSlowExactQuery(Documents.column(field), number(field, value));
            case IP -> addresses(value);
            case ID -> ids(value);
            case WORD, EXACT -> new TermQuery(new Term(field.field(), Documents.normal(field, value)));
            case USER -> {
                Term whole = new Term(field.field(), Documents.normal(field, value));
                yield either(value, new TermQuery(whole), new PrefixQuery(new Term(field.field(), whole.text() + "@")));
            }
        };
    }

    @Override
    protected Query getFieldQuery(String name, String value, int slop) throws ParseException {
        Schema field = field(name);
        return field.kind() == Schema.Kind.TEXT ? super.getFieldQuery(field.field(), value, slop) : getFieldQuery(name, value, true);
    }

    @Override
    protected Query getRangeQuery(String name, String low, String high, boolean lowIn, boolean highIn) {
        Schema field = field(name);
        String from = "*".equals(low) ? null : low;
        String to = "*".equals(high) ? null : high;
        return switch (field.kind()) {
            case TIME -> {
                long first = from == null ? Long.MIN_VALUE : LuceneEvents.micros(lowIn ? time(from).from() : time(from).to());
                long last = to == null ? Long.MAX_VALUE : LuceneEvents.micros(highIn ? time(to).to() : time(to).from()) - 1;
                yield LuceneEvents.times(first, ordered(field, from, to, first <= last, last));
            }
            case LONG -> {
                long first = from == null ? Long.MIN_VALUE : number(field, from) + (lowIn ? 0 : 1);
                long last = to == null ? Long.MAX_VALUE : number(field, to) - (highIn ? 0 : 1);
                yield NumericDocValuesField.newSlowRangeQuery(Documents.column(field), first,
                    ordered(field, from, to, first <= last, last));
            }
            case IP -> {
                byte[] first = from == null ? new byte[16] : address(from);
                byte[] last = to == null ? Address.edge(new byte[16], 0, true) : address(to);
                ordered(field, from, to, Arrays.compareUnsigned(first, last) <= 0, 0);
                if (!lowIn || !highIn) {
                    throw bad(from == null ? "{" : from, "ranges of addresses include both ends", "ip:[192.0.2.1 TO 192.0.2.99]");
                }
                yield points(first, last);
            }
            case ID -> throw bad(low, "an id can't be in a range", "id:0123456789abcdef");
            case WORD, EXACT, USER, TEXT -> {
                boolean fold = field.kind() == Schema.Kind.TEXT;
                yield TermRangeQuery.newStringRange(field.field(), from == null ? null : fold ? from.toLowerCase(Locale.ROOT)
                    : Documents.normal(field, from), to == null ? null : fold ? to.toLowerCase(Locale.ROOT)
                    : Documents.normal(field, to), lowIn, highIn);
            }
        };
    }

    private long ordered(Schema field, String from, String to, boolean right, long last) {
        if (!right && from != null && to != null) {
            throw bad(from, "'" + from + "' comes after '" + to + "': nothing is between them",
                field.field() + ":[\"" + to + "\" TO \"" + from + "\"]");
        }
        return last;
    }

    @Override
    protected Query getPrefixQuery(String name, String start) {
        Schema field = wild(name, start + "*");
        if (field.kind() == Schema.Kind.TEXT) {
            return words(field, start + "*");
        }
        return new PrefixQuery(new Term(field.field(), Documents.normal(field, start)));
    }

    @Override
    protected Query getWildcardQuery(String name, String pattern) {
        if (pattern.equals("*")) {
            return name.equals("*") ? MatchAllDocsQuery.INSTANCE : exists(field(name));
        }
        Schema field = wild(name, pattern);
        if (field.kind() == Schema.Kind.TEXT) {
            return words(field, pattern);
        }
        Query whole = new WildcardQuery(new Term(field.field(), Documents.normal(field, pattern)));
        return field.kind() != Schema.Kind.USER ? whole
            : either(pattern, whole, new WildcardQuery(new Term(field.field(), Documents.normal(field, pattern) + "@*")));
    }

    /** A name without a realm stands for itself in any realm. */
    private static Query either(String name, Query whole, Query before) {
        return name.indexOf('@') >= 0 ? whole
            : new BooleanQuery.Builder().add(whole, BooleanClause.Occur.SHOULD).add(before, BooleanClause.Occur.SHOULD).build();
    }

    /** Text is indexed word by word, so a pattern over several words is one for each: all of them must be there. */
    private static Query words(Schema field, String pattern) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : pattern.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\\p{N}_.':*?]+")) {
            if (!word.isEmpty() && !word.equals("*")) {
                all.add(new WildcardQuery(new Term(field.field(), word)), BooleanClause.Occur.FILTER);
            }
        }
        return all.build();
    }

    private Query exists(Schema field) {
        if (field == Schema.MESSAGE || field == Schema.ID) {
            return MatchAllDocsQuery.INSTANCE;
        }
        return field.column() == Schema.Column.NONE
            ? new TermRangeQuery(field.field(), null, null, true, true) : new FieldExistsQuery(Documents.column(field));
    }

    /** The field, if wildcards mean anything in it. */
    private Schema wild(String name, String pattern) {
        Schema field = field(name);
        if (pattern.length() > LONGEST_PATTERN || pattern.chars().filter(c -> c == '*').count() > MOST_STARS) {
            throw bad(pattern, "a pattern may have " + MOST_STARS + " stars and " + LONGEST_PATTERN + " characters", "user:al*e");
        }
        return switch (field.kind()) {
            case TEXT, WORD, EXACT, USER -> field;
            case IP -> throw bad(pattern, "addresses have no wildcards; name a network", "ip:192.0.2.0/24");
            case TIME -> throw bad(pattern, "times have no wildcards; name a range", "time:[2026-11-01 TO 2026-11-20]");
            case LONG -> throw bad(pattern, "numbers have no wildcards; name a range", field.field() + ":[1024 TO 2047]");
            case ID -> throw bad(pattern, "an id has to be given in full", "id:0123456789abcdef");
        };
    }

    @Override
    protected Query getFuzzyQuery(String name, String word, float similarity) {
        Schema field = wild(name, word);
        String normal = field.kind() == Schema.Kind.TEXT ? word.toLowerCase(Locale.ROOT) : Documents.normal(field, word);
        return newFuzzyQuery(new Term(field.field(), normal), similarity, 1);
    }

    @Override
    protected Query getRegexpQuery(String name, String expression) {
        throw bad(expression, "regular expressions are not supported; '*' stands for any characters, '?' for one", "user:al*e");
    }

    // --- values ---

    private TimeWords time(String value) {
        return TimeWords.parse(value, now, zone).orElseThrow(() -> bad(value, "'" + value + "' is not a time",
            "time:[2026-11-01 TO \"2026-11-20 10:00\"]"));
    }

    private long number(Schema field, String value) {
        if (value.matches("-?\\d{1,18}")) {
            return Long.parseLong(value);
        }
        throw bad(value, "'" + value + "' is not a number", field.field() + ":1234");
    }

    private byte[] address(String value) {
        byte[] address = Address.parse(value);
        if (address == null) {
            throw bad(value, "'" + value + "' is not an address", "ip:192.0.2.7 OR ip:2001:db8::/32");
        }
        return address;
    }

    private Query addresses(String value) {
        int slash = value.indexOf('/');
        byte[] address = address(slash < 0 ? value : value.substring(0, slash));
        int bits = 128;
        if (slash >= 0) {
            String length = value.substring(slash + 1);
            int most = Address.isV4(address) && value.indexOf(':') < 0 ? 32 : 128;
            if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > most) {
                throw bad(value, "'/" + length + "' is not a network's length; it goes from 0 to " + most, "ip:192.0.2.0/24");
            }
            bits = 128 - most + Integer.parseInt(length);
        }
        return points(Address.edge(address, bits, false), Address.edge(address, bits, true));
    }

    private static Query points(byte[] low, byte[] high) {
        return new PointRangeQuery(Schema.IP.field(), low, high, 1) {
            @Override
            protected String toString(int dimension, byte[] value) {
                return Address.format(value);
            }
        };
    }

    private static Query ids(String value) {
        Collection<BytesRef> keys = new ArrayList<>();
        for (String type : List.of("attempt", "event", "incident")) {
            keys.add(Documents.key(type, value));
        }
        return new TermInSetQuery(Documents.KEY, keys);
    }
}
