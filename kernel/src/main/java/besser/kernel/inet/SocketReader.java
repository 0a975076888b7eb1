package besser.kernel.inet;

import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.Mutex;
import besser.kernel.WaitQueue;
import besser.kernel.machine.Machine;
import besser.kernel.machine.TaskPlacement;

/**
 * The receiving programs: netcat polls, reads up to 16 KiB and writes what it got to a pipe, at
 * whose other end another program counts it. Goodput is what netcat has read.
 */
public final class SocketReader {
  private static final int BUFFER_BYTES = 16_384;
  private static final int PIPE_BYTES = 65_536;
  private static final LockClass PIPE_LOCK = new LockClass("pipe.mutex", "fs");
  private static final LockClass PIPE_WAIT = new LockClass("pipe.rd_wait", "fs");

  /** Reads into the buffer; 0 at the end. */
  @FunctionalInterface
  private interface Reading {
    int recvmsg(byte[] buffer);
  }

  /** Where netcat's output goes. */
  public enum Output {
    /** {@code > /dev/null}: writing costs a system call. */
    NULL,
    /** {@code | pv > /dev/null}: a second program is woken and copies once more. */
    PIPE
  }

  private final Machine machine;
  private final Kernel kernel;
  private final Output output;
  private final Goodput goodput = new Goodput();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Mutex pipeLock;
  private final WaitQueue pipeReadable;
  private final WaitQueue pipeWritable;
  private int inPipe;
  private boolean finished;

  private SocketReader(Machine machine, Output output) {
    this.machine = machine;
    this.kernel = machine.kernel();
    this.output = output;
    this.pipeLock = kernel.mutex(PIPE_LOCK);
    this.pipeReadable = kernel.waitQueue(PIPE_WAIT);
    this.pipeWritable = kernel.waitQueue(PIPE_WAIT);
  }

  /** Starts the programs on a TCP socket. */
  public static SocketReader start(Machine machine, TcpSocket socket, Output output) {
    SocketReader reader = new SocketReader(machine, output);
    reader.start(socket::awaitReadable, socket::recvmsg);
    return reader;
  }

  /** Starts the programs on a UDP socket. */
  public static SocketReader start(Machine machine, UdpSocket socket, Output output) {
    SocketReader reader = new SocketReader(machine, output);
    reader.start(socket::awaitReadable, socket::recvmsg);
    return reader;
  }

  private void start(Runnable poll, Reading reading) {
    machine.kthread("nc", InetFunctions.NETCAT, TaskPlacement.NORMAL, () -> netcat(poll, reading));
    if (output == Output.PIPE) {
      machine.kthread("pv", InetFunctions.PIPE_CONSUMER, TaskPlacement.NORMAL, this::consumePipe);
    }
  }

  /** What arrived at the application. */
  public Goodput goodput() {
    return goodput;
  }

  /** Whether the stream has ended and was read to its end. */
  public boolean isFinished() {
    return finished;
  }

  private void netcat(Runnable poll, Reading reading) {
    while (true) {
      try (var _ = kernel.enter(InetFunctions.SYSCALL);
          var _ = kernel.enter(InetFunctions.SYS_POLL)) {
        poll.run();
      }
      int got;
      try (var _ = kernel.enter(InetFunctions.SYSCALL);
          var _ = kernel.enter(InetFunctions.SYS_READ)) {
        got = reading.recvmsg(buffer);
      }
      if (got == 0) break;
      goodput.add(got, kernel.clock().ktimeNanos());
      write(got);
      try (var _ = kernel.enter(InetFunctions.NETCAT)) {
        // user space: its own time only
      }
    }
    finished = true;
    pipeReadable.wakeUp();
  }

  private void write(int bytes) {
    try (var _ = kernel.enter(InetFunctions.SYSCALL);
        var _ = kernel.enter(InetFunctions.SYS_WRITE)) {
      switch (output) {
        case NULL -> {}
        case PIPE -> writePipe(bytes);
      }
    }
  }

  private void writePipe(int bytes) {
    try (var _ = kernel.enter(InetFunctions.PIPE_WRITE)) {
      pipeWritable.waitEvent(() -> inPipe + bytes <= PIPE_BYTES);
      pipeLock.lock();
      boolean wasEmpty = inPipe == 0;
      kernel.memory().memcpy(bytes);
      inPipe += bytes;
      pipeLock.unlock();
      if (wasEmpty) pipeReadable.wakeUp();
    }
  }

  private void consumePipe() {
    while (true) {
      try (var _ = kernel.enter(InetFunctions.SYSCALL);
          var _ = kernel.enter(InetFunctions.PIPE_READ)) {
        pipeReadable.waitEvent(() -> inPipe > 0 || finished);
        if (inPipe == 0) return;
        pipeLock.lock();
        kernel.memory().memcpy(inPipe);
        inPipe = 0;
        pipeLock.unlock();
        pipeWritable.wakeUp();
      }
      try (var _ = kernel.enter(InetFunctions.PIPE_CONSUMER)) {
        // user space: its own time only
      }
    }
  }
}
