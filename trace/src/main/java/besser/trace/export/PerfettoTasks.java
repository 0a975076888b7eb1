package besser.trace.export;

import besser.trace.Sample;
import java.util.HashMap;
import java.util.Map;

/** Tells the reader which threads there are, each when it is met first or renamed. */
final class PerfettoTasks {
  private static final int TASKS_LIMIT = 1 << 16;

  private final Map<Integer, String> nameOfTid = new HashMap<>();
  private final ProtoMessage tree = new ProtoMessage();
  private final ProtoMessage entry = new ProtoMessage();

  /** Whether {@link #tree} now holds something new. */
  boolean add(Sample sample) {
    int tid = sample.tid();
    if (tid <= 0 || sample.comm().equals(nameOfTid.get(tid))) {
      return false;
    }
    if (nameOfTid.size() >= TASKS_LIMIT) {
      nameOfTid.clear();
    }
    nameOfTid.put(tid, sample.comm());
    tree.clear();
    if (sample.pid() == tid) {
      entry.clear();
      entry.number(PerfettoFields.PROCESS_PID, tid);
      entry.text(PerfettoFields.PROCESS_COMMAND_LINE, sample.comm());
      tree.message(PerfettoFields.TREE_PROCESSES, entry);
    }
    entry.clear();
    entry.number(PerfettoFields.THREAD_TID, tid);
    entry.text(PerfettoFields.THREAD_NAME, sample.comm());
    entry.number(PerfettoFields.THREAD_TGID, sample.pid());
    tree.message(PerfettoFields.TREE_THREADS, entry);
    return true;
  }

  ProtoMessage tree() {
    return tree;
  }
}
