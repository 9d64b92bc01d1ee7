package saslscope.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random programs of a daemon, logrotate and a follower that is stopped and crashes, against a model that is a list of
 * lines: each must come out once, in order, and have the same identity each time it is read.
 */
class FollowerModelTest {
    private static final int PROGRAMS = Integer.getInteger("follower.programs", 2_000);
    private static final long FIRST_SEED = Long.getLong("follower.seed", 1);
    private static final int STEPS = 60;

    @TempDir
    Path dir;

    @Test
    void everyLineComesOnceAndInOrder() throws IOException {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
            Path place = Files.createDirectory(dir.resolve("p" + seed));
            try (Program program = new Program(place, new Random(seed))) {
                program.run();
            } catch (AssertionError | RuntimeException | IOException e) {
                fail("repeat with -Dfollower.seed=" + seed + " -Dfollower.programs=1", e);
            }
        }
    }

    private static final class Program implements AutoCloseable {
        private final Path dir;
        private final Path log;
        private final Random random;
        private final boolean dated;
        private final List<String> trace = new ArrayList<>();
        private final List<String> written = new ArrayList<>();
        private final List<String> got = new ArrayList<>();
        private final Map<String, String> identities = new HashMap<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<String> rotated = new ArrayList<>();
        private OutputStream daemon;
        private String half = "";
        private LineStream follower;
        private Position saved;
        private int savedGot;
        private int rotations;

        Program(Path dir, Random random) {
            this.dir = dir;
            this.log = dir.resolve("maillog");
            this.random = random;
            this.dated = random.nextBoolean();
        }

        void run() throws IOException {
            reopenDaemon();
            follow(new Start.Beginning());
            try {
                for (int i = 0; i < STEPS; i++) {
                    step();
                }
                completeLine();
                // A daemon that was told, and wrote, so that nothing is held back.
                reopenDaemon();
                append();
                trace.add("end");
                poll();
                assertEquals(written, got);
                assertEquals(written.size(), identities.size());
                assertEquals(List.of(), problems.stream().filter(p -> !p.passing()).toList());
            } catch (AssertionError e) {
                throw new AssertionError(String.join("\n", trace) + "\n" + e.getMessage(), e);
            }
        }

        private void step() throws IOException {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> append();
                case 3 -> appendHalf();
                case 4, 5 -> poll();
                case 6 -> rename();
                case 7 -> reopenDaemon();
                case 8 -> copyAndTruncate();
                case 9 -> stopAndGoOn();
                case 10 -> save();
                case 11 -> crashAndGoOn();
                default -> throw new IllegalStateException();
            }
        }

        private void append() throws IOException {
            completeLine();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                String line = "line " + written.size() + " " + "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 90 : 4));
                daemon.write(Logs.bytes(line + "\n"));
                written.add(line);
            }
            trace.add("append, now " + written.size());
        }

        private void appendHalf() throws IOException {
            completeLine();
            half = "half " + written.size();
            daemon.write(Logs.bytes(half));
            trace.add("append half of " + written.size());
        }

        private void completeLine() throws IOException {
            if (!half.isEmpty()) {
                daemon.write('\n');
                written.add(half);
                half = "";
            }
        }

        private void poll() throws IOException {
            for (Line line = follower.next(); line != null; line = follower.next()) {
                String text = Logs.text(line);
                got.add(text);
                String identity = line.file().fingerprint() + " " + line.offset() + " " + line.number();
                String before = identities.putIfAbsent(identity, text);
                if (before != null) {
                    assertEquals(before, text);
                }
            }
            trace.add("poll, now " + got.size());
            assertEquals(written.subList(0, got.size()), got);
        }

        /** logrotate without copytruncate; the daemon is told later, unless it is now. */
        private void rename() throws IOException {
            if (!Files.exists(log) || Files.size(log) == 0) {
                return;
            }
            if (daemonWritesElsewhere()) {
                // A daemon that is never told would have two files of its own in the wrong order.
                return;
            }
            makeRoom();
            trace.add("rename");
            Files.move(log, dir.resolve(newest()));
            if (random.nextBoolean()) {
                Files.createFile(log);
            }
        }

        private void copyAndTruncate() throws IOException {
            if (!Files.exists(log) || Files.size(log) == 0 || daemonWritesElsewhere()) {
                return;
            }
            completeLine();
            makeRoom();
            trace.add("copytruncate " + rotated);
            Files.copy(log, dir.resolve(newest()));
            FileChannel.open(log, StandardOpenOption.WRITE).truncate(0).close();
        }

        private boolean daemonWritesElsewhere() throws IOException {
            return !Files.getAttribute(log, "unix:ino").equals(daemonFile);
        }

        private Object daemonFile;

        private void reopenDaemon() throws IOException {
            if (daemon != null) {
                completeLine();
                daemon.close();
            }
            daemon = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            daemonFile = Files.getAttribute(log, "unix:ino");
            trace.add("daemon reopens");
        }

        private String newest() {
            return dated ? rotated.getLast() : "maillog.1";
        }

        /** Older parts get out of the way, and some are compressed; never one that the daemon still writes to. */
        private void makeRoom() throws IOException {
            rotations++;
            for (int i = rotated.size() - 1; i >= 0; i--) {
                Path old = dir.resolve(rotated.get(i));
                String name = old.getFileName().toString();
                boolean packed = name.endsWith(".gz");
                String base = packed ? name.substring(0, name.length() - 3) : name;
                int at = base.lastIndexOf('.');
                if (!dated) {
                    continue;
                }
                if (!packed && random.nextInt(3) == 0 && at < 0) {
                    rotated.set(i, pack(old, name + ".gz"));
                }
            }
            if (dated) {
                rotated.add("maillog-" + (20260000 + 100 * (1 + rotations / 28) + 1 + rotations % 28));
                return;
            }
            // Highest number first.
            for (int i = 0; i < rotated.size(); i++) {
                String name = rotated.get(i);
                boolean packed = name.endsWith(".gz");
                String next = "maillog." + (rotated.size() - i + 1);
                Path old = dir.resolve(name);
                if (packed) {
                    Files.move(old, dir.resolve(next + ".gz"));
                    rotated.set(i, next + ".gz");
                } else if (random.nextInt(3) == 0) {
                    rotated.set(i, pack(old, next + ".gz"));
                } else {
                    Files.move(old, dir.resolve(next));
                    rotated.set(i, next);
                }
            }
            rotated.add("maillog.1");
        }

        private String pack(Path old, String name) throws IOException {
            trace.add("compress " + old.getFileName() + " to " + name);
            Path beside = dir.resolve("." + name);
            Files.write(beside, Logs.packed(Compression.GZIP, Files.readString(old)));
            Files.move(beside, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            Files.delete(old);
            return name;
        }

        private void stopAndGoOn() throws IOException {
            save();
            crashAndGoOn();
        }

        private void save() {
            saved = follower.position();
            savedGot = got.size();
            trace.add("save " + saved);
        }

        private void crashAndGoOn() throws IOException {
            if (saved == null) {
                return;
            }
            got.subList(savedGot, got.size()).clear();
            trace.add("crash, back to " + savedGot);
            follow(new Start.At(saved));
        }

        private void follow(Start start) throws IOException {
            if (follower != null) {
                follower.close();
            }
            follower = Follower.open(log.toString(), null, start, LineSelector.ALL,
                new Limits(1 << 10, 1 + random.nextInt(200)), Logs.CLOCK, problems::add);
        }

        @Override
        public void close() throws IOException {
            follower.close();
            daemon.close();
        }
    }
}
