package saslscope.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** What the tests of this package share. */
final class Logs {
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

    private Logs() {
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(Line line) {
        return new String(line.bytes(), StandardCharsets.UTF_8);
    }

    /** Lines with their numbers, random enough not to shrink to nothing. */
    static String many(int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append("line ").append(i).append(' ').append(Long.toHexString(i * 0x9e3779b97f4a7c15L)).append('\n');
        }
        return text.toString();
    }

    static byte[] packed(Compression how, String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packer = switch (how) {
            case NONE -> out;
            case GZIP -> new java.util.zip.GZIPOutputStream(out);
            case BZIP2 -> new BZip2CompressorOutputStream(out, 1);
            case XZ -> new XZOutputStream(out, new LZMA2Options(1));
            case ZSTD -> new com.github.luben.zstd.ZstdOutputStream(out).setChecksum(true);
        }) {
            packer.write(bytes(text));
        }
        return out.toByteArray();
    }

    /** Everything of one file, and what went wrong. */
    static List<Line> read(Path file, List<Problem> problems) {
        return read(new Log("log", List.of(new Log.Part(file.toString(), file))), problems);
    }

    static List<Line> read(Log log, List<Problem> problems) {
        LogReader reader = LogReader.open(log, null, LineSelector.ALL, Limits.STANDARD, CLOCK, problems::add);
        return drain(reader);
    }

    static List<Line> pipe(byte[] bytes, List<Problem> problems) {
        Log log = new Log("-", List.of(new Log.Part("-", null)));
        return drain(LogReader.open(log, new ByteArrayInputStream(bytes), LineSelector.ALL, Limits.STANDARD, CLOCK,
            problems::add));
    }

    static List<Line> drain(LogReader reader) {
        List<Line> lines = new ArrayList<>();
        for (Line line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }

    static List<String> texts(List<Line> lines) {
        return lines.stream().map(Logs::text).toList();
    }
}
