package besser.trace.record;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * A {@code trace_pipe_raw}, read without blocking and waited for with poll(2). Java's own channels
 * cannot poll a file, and a blocking read of this one wakes for every event, where poll waits until
 * the buffer is as full as {@code buffer_percent} says (tracing_buffers_poll).
 */
final class NativePipe implements AutoCloseable {
  private static final int O_RDONLY_NONBLOCK = 0x800;
  private static final short POLLIN = 1;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle READ =
      function(
          "read",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG));
  private static final MethodHandle POLL =
      function(
          "poll",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  /** Says that nothing can be read now. */
  static final int NOTHING = -1;

  private final String path;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
  private final MemorySegment pollRequest = arena.allocate(8, 4);
  private final int descriptor;

  @SuppressWarnings("restricted") // calls into the C library, which recording cannot do without
  private static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker.Option[] all = java.util.Arrays.copyOf(options, options.length + 1);
    all[options.length] = Linker.Option.captureCallState("errno");
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, all);
  }

  /** Opens the file; to be used and closed by the thread that opens it. */
  NativePipe(String path) throws IOException {
    this.path = path;
    this.descriptor = open(path);
    pollRequest.set(ValueLayout.JAVA_INT, 0, descriptor);
    pollRequest.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
  }

  private int open(String file) throws IOException {
    MemorySegment name = arena.allocateFrom(file);
    try {
      int opened = (int) OPEN.invokeExact(errno, name, O_RDONLY_NONBLOCK);
      if (opened < 0) {
        throw new IOException(file + " cannot be opened, errno " + lastError());
      }
      return opened;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private int lastError() {
    return (int) ERRNO.get(errno, 0L);
  }

  /** Waits until the buffer is full enough; false when the time has passed before. */
  boolean await(int millis) throws IOException {
    pollRequest.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
    try {
      int ready = (int) POLL.invokeExact(errno, pollRequest, 1L, millis);
      if (ready < 0 && lastError() != EINTR) {
        throw new IOException(path + " cannot be polled, errno " + lastError());
      }
      return ready > 0;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads up to a page.
   *
   * @return the bytes read, 0 too (which is not the end: the reader page was swapped in between),
   *     or {@link #NOTHING}
   */
  int read(MemorySegment into) throws IOException {
    try {
      long count = (long) READ.invokeExact(errno, descriptor, into, into.byteSize());
      if (count >= 0) {
        return (int) count;
      }
      int error = lastError();
      if (error == EAGAIN || error == EINTR) {
        return NOTHING;
      }
      throw new IOException(path + " cannot be read, errno " + error);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      int _ = (int) CLOSE.invokeExact(errno, descriptor);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    } finally {
      arena.close();
    }
  }
}
