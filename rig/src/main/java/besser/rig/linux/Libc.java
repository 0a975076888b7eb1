package besser.rig.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/** The few calls of the C library that this package needs, with {@code errno} as a message. */
final class Libc {
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private final MethodHandle setns = bind("setns", FunctionDescriptor.of(INT, INT, INT));
  private final MethodHandle open =
      bind("open", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT), 2);
  private final MethodHandle close = bind("close", FunctionDescriptor.of(INT, INT));
  private final MethodHandle prctl = bind("prctl", FunctionDescriptor.of(INT, INT, LONG), 1);
  private final MethodHandle scheduler =
      bind("sched_setscheduler", FunctionDescriptor.of(INT, INT, INT, ValueLayout.ADDRESS));
  private final MethodHandle strerror =
      bindPlain("strerror", FunctionDescriptor.of(ValueLayout.ADDRESS, INT));
  private final MethodHandle getsockopt =
      bind(
          "getsockopt",
          FunctionDescriptor.of(INT, INT, INT, INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
  private final MethodHandle setsockopt =
      bind("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, ValueLayout.ADDRESS, INT));

  private Libc() {}

  private static final class Holder {
    static final Libc LIBC = new Libc();
  }

  /**
   * The library.
   *
   * @throws IOException when this system is not Linux, or native access was not enabled
   */
  static Libc get() throws IOException {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      throw new IOException("not Linux but " + System.getProperty("os.name"));
    }
    try {
      return Holder.LIBC;
    } catch (IllegalCallerException | LinkageError e) {
      throw new IOException("the C library cannot be called: " + e.getMessage(), e);
    }
  }

  int open(String path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int opened = (int) open.invokeExact(state, arena.allocateFrom(path), 0);
      return checked(opened, state, "open " + path);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  void close(int descriptor) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int done = (int) close.invokeExact(state, descriptor);
      checked(done, state, "close");
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** Moves the calling thread, and no other, to the namespace behind a descriptor. */
  void setns(int descriptor, int kind) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int done = (int) setns.invokeExact(state, descriptor, kind);
      checked(done, state, "setns");
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  void prctl(int option, long value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int done = (int) prctl.invokeExact(state, option, value);
      checked(done, state, "prctl");
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** Gives the calling thread a scheduling policy and a priority. */
  void scheduler(int policy, int priority) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment parameter = arena.allocateFrom(INT, priority);
      int done = (int) scheduler.invokeExact(state, 0, policy, parameter);
      checked(done, state, "sched_setscheduler");
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** Fills {@code value} and says how many bytes of it the kernel wrote. */
  int getsockopt(int descriptor, int level, int name, MemorySegment value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment length = arena.allocateFrom(INT, (int) value.byteSize());
      int done = (int) getsockopt.invokeExact(state, descriptor, level, name, value, length);
      checked(done, state, "getsockopt");
      return length.get(INT, 0);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  void setsockopt(int descriptor, int level, int name, MemorySegment value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int length = (int) value.byteSize();
      int done = (int) setsockopt.invokeExact(state, descriptor, level, name, value, length);
      checked(done, state, "setsockopt");
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  @SuppressWarnings("restricted")
  private int checked(int result, MemorySegment state, String what) throws Throwable {
    if (result >= 0) return result;
    int errno = (int) ERRNO.get(state, 0L);
    MemorySegment text = (MemorySegment) strerror.invokeExact(errno);
    throw new IOException(what + ": " + text.reinterpret(256).getString(0));
  }

  private static IOException rethrown(Throwable e) {
    return switch (e) {
      case IOException io -> io;
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      default -> new IOException(e);
    };
  }

  @SuppressWarnings("restricted")
  private static MethodHandle bind(String name, FunctionDescriptor shape) {
    return Linker.nativeLinker()
        .downcallHandle(find(name), shape, Linker.Option.captureCallState("errno"));
  }

  @SuppressWarnings("restricted")
  private static MethodHandle bind(String name, FunctionDescriptor shape, int firstVariadic) {
    return Linker.nativeLinker()
        .downcallHandle(
            find(name),
            shape,
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(firstVariadic));
  }

  @SuppressWarnings("restricted")
  private static MethodHandle bindPlain(String name, FunctionDescriptor shape) {
    return Linker.nativeLinker().downcallHandle(find(name), shape);
  }

  private static MemorySegment find(String name) {
    return Linker.nativeLinker().defaultLookup().findOrThrow(name);
  }
}
