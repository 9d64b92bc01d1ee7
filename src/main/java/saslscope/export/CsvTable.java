package saslscope.export;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A table as RFC 4180 has it: a header, {@code \r\n}, quotes where needed. A column is a key of the documents. */
final class CsvTable implements DocumentWriter {
    private final CSVPrinter printer;
    private final List<String> keys;

    /**
     * Starts a table; the header is written at once.
     *
     * @param out  receives the text; the caller closes it
     * @param keys the columns, and the keys of their values
     */
    CsvTable(Writer out, List<String> keys) throws IOException {
        this.keys = List.copyOf(keys);
        this.printer = CSVFormat.RFC4180.builder().setHeader(keys.toArray(String[]::new)).get().print(out);
    }

    @Override
    public void write(Map<String, ?> document) throws IOException {
        printer.printRecord(keys.stream().map(key -> Cell.of(document.get(key))));
    }

    @Override
    public void flush() throws IOException {
        printer.flush();
    }

    @Override
    public void close() throws IOException {
        printer.flush();
    }
}
