package besser.trace.perf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The threads a profile tells of, by thread id. A thread that has ended is kept for a while, since
 * its last samples come behind its end; then it is forgotten, so that memory does not grow with the
 * number of threads that ever ran.
 */
final class Tasks {
  private static final int UNKNOWN_PID = -1;
  private static final int ENDED_KEPT = 4096;

  private final IdMap slotOfTid = new IdMap();
  private final List<@Nullable Task> slots = new ArrayList<>();
  private final Deque<Integer> freeSlots = new ArrayDeque<>();
  private final Deque<Task> ended = new ArrayDeque<>();
  private int spaceVersions;

  Tasks() {
    find(0, 0).setComm("swapper");
  }

  int nextSpaceVersion() {
    return ++spaceVersions;
  }

  /** The thread, made known if it was not. */
  Task find(int pid, int tid) {
    Task known = lookUp(tid);
    if (known != null) {
      if (known.pid() == UNKNOWN_PID) {
        known.setPid(pid);
      }
      return known;
    }
    return add(pid, tid, ":" + tid);
  }

  private @Nullable Task lookUp(int tid) {
    int slot = slotOfTid.get(tid);
    return slot == IdMap.ABSENT ? null : slots.get(slot);
  }

  private Task add(int pid, int tid, String comm) {
    AddressSpace space =
        pid == tid || pid == UNKNOWN_PID
            ? new AddressSpace(nextSpaceVersion())
            : find(pid, pid).space();
    Task task = new Task(pid, tid, comm, space);
    space.addUser();
    Integer free = freeSlots.poll();
    int slot = free == null ? slots.size() : free;
    if (free == null) {
      slots.add(task);
    } else {
      slots.set(slot, task);
    }
    slotOfTid.put(tid, slot);
    return task;
  }

  /**
   * A fork or a new thread.
   *
   * @param withMappings false when perf made the record up for a process that already ran, whose
   *     mappings it lists itself
   */
  void fork(int pid, int tid, int parentPid, int parentTid, boolean withMappings) {
    Task parent = find(parentPid, parentTid);
    Task before = lookUp(tid);
    if (before != null && before != parent) {
      remove(before);
    }
    Task child = before == parent ? parent : add(pid, tid, parent.comm());
    if (withMappings && child.space() != parent.space()) {
      child.space().copyFrom(parent.space());
    }
  }

  /** The end of a thread. */
  void exit(int tid) {
    Task task = lookUp(tid);
    if (task == null || tid == 0) {
      return;
    }
    ended.add(task);
    if (ended.size() > ENDED_KEPT) {
      Task oldest = ended.remove();
      if (lookUp(oldest.tid()) == oldest) {
        remove(oldest);
      }
    }
  }

  private void remove(Task task) {
    int slot = slotOfTid.get(task.tid());
    slotOfTid.remove(task.tid());
    slots.set(slot, null);
    freeSlots.add(slot);
    task.space().removeUser(nextSpaceVersion());
  }
}
