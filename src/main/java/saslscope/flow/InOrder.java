package saslscope.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Runs tasks one after another in the order in which they come: at once, or behind whoever gives them, on a thread that only runs
 * these. What they share needs no lock, since no two run at a time, and after {@link #catchUp} it may be looked at. For use by one
 * thread.
 */
final class InOrder {
    private static final int BATCH = 64;
    private static final int BATCHES = 8;

    /** Null while tasks are run at once. */
    private BlockingQueue<List<Runnable>> queue;
    private List<Runnable> batch = new ArrayList<>(BATCH);
    private volatile Throwable failure;

    /** From now on tasks run behind. */
    void behind() {
        BlockingQueue<List<Runnable>> tasks = new ArrayBlockingQueue<>(BATCHES);
        queue = tasks;
        Thread.ofPlatform().daemon().name("diagnose").start(() -> work(tasks));
    }

    /** Runs the task, or sees to it that it is run; throws what an earlier one has thrown. */
    void add(Runnable task) {
        if (queue == null) {
            task.run();
            return;
        }
        batch.add(task);
        if (batch.size() == BATCH) {
            hand();
        }
    }

    /** Returns when all tasks have been run; throws what one of them has thrown. */
    void catchUp() {
        if (queue == null) {
            return;
        }
        Turn turn = new Turn(new CountDownLatch(1));
        batch.add(turn);
        hand();
        try {
            turn.come.await();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        failed();
    }

    /** Runs what is left, and whatever comes afterwards at once. */
    void end() {
        if (queue != null) {
            try {
                catchUp();
            } finally {
                put(List.of());
                queue = null;
            }
        }
    }

    private void hand() {
        failed();
        put(batch);
        batch = new ArrayList<>(BATCH);
    }

    private void put(List<Runnable> tasks) {
        try {
            queue.put(tasks);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while diagnosing", e);
    }

    private void failed() {
        switch (failure) {
            case null -> { }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /** Ends with an empty batch. */
    private void work(BlockingQueue<List<Runnable>> batches) {
        try {
            List<Runnable> tasks = batches.take();
            while (!tasks.isEmpty()) {
                tasks.forEach(this::run);
                tasks = batches.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where somebody waits for all that came before. */
    private record Turn(CountDownLatch come) implements Runnable {
        @Override
        public void run() {
            come.countDown();
        }
    }

    /** After a failure nothing is done that was to follow, but whoever waits is told. */
    private void run(Runnable task) {
        if (failure == null || task instanceof Turn) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }
    }
}
