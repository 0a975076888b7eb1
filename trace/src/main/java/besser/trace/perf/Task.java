package besser.trace.perf;

/** One thread as the records so far describe it. */
final class Task {
  private final int tid;
  private final AddressSpace space;
  private int pid;
  private String comm;

  Task(int pid, int tid, String comm, AddressSpace space) {
    this.pid = pid;
    this.tid = tid;
    this.comm = comm;
    this.space = space;
  }

  int tid() {
    return tid;
  }

  int pid() {
    return pid;
  }

  void setPid(int newPid) {
    pid = newPid;
  }

  String comm() {
    return comm;
  }

  void setComm(String newComm) {
    comm = newComm;
  }

  /** Mappings, shared by the threads of a process. */
  AddressSpace space() {
    return space;
  }
}
