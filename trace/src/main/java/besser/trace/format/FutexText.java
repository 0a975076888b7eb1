package besser.trace.format;

import java.util.List;

/** The text of sys_enter_futex by its operation, as libtraceevent's plugin_futex prints it. */
final class FutexText {
  private static final int PRIVATE_FLAG = 128;
  private static final int CLOCK_REALTIME = 256;
  private static final int COMMAND_MASK = ~(PRIVATE_FLAG | CLOCK_REALTIME);

  /** How an argument is shown. */
  private enum Shown {
    NOT,
    HEX,
    DECIMAL
  }

  /** One operation: how value, timeout (or second value), second address, third value are shown. */
  private record Operation(String name, Shown value, Shown timeout, Shown address2, Shown value3) {}

  private static final List<Operation> OPERATIONS =
      List.of(
          new Operation("FUTEX_WAIT", Shown.HEX, Shown.HEX, Shown.NOT, Shown.NOT),
          new Operation("FUTEX_WAKE", Shown.DECIMAL, Shown.NOT, Shown.NOT, Shown.NOT),
          new Operation("FUTEX_FD", Shown.DECIMAL, Shown.NOT, Shown.NOT, Shown.NOT),
          new Operation("FUTEX_REQUEUE", Shown.DECIMAL, Shown.DECIMAL, Shown.HEX, Shown.NOT),
          new Operation("FUTEX_CMP_REQUEUE", Shown.DECIMAL, Shown.DECIMAL, Shown.HEX, Shown.HEX),
          new Operation("FUTEX_WAKE_OP", Shown.DECIMAL, Shown.DECIMAL, Shown.HEX, Shown.HEX),
          new Operation("FUTEX_LOCK_PI", Shown.NOT, Shown.HEX, Shown.NOT, Shown.NOT),
          new Operation("FUTEX_UNLOCK_PI", Shown.NOT, Shown.NOT, Shown.NOT, Shown.NOT),
          new Operation("FUTEX_TRYLOCK_PI", Shown.NOT, Shown.NOT, Shown.NOT, Shown.NOT),
          new Operation("FUTEX_WAIT_BITSET", Shown.HEX, Shown.HEX, Shown.NOT, Shown.HEX),
          new Operation("FUTEX_WAKE_BITSET", Shown.DECIMAL, Shown.NOT, Shown.NOT, Shown.HEX),
          new Operation("FUTEX_WAIT_REQUEUE_PI", Shown.HEX, Shown.HEX, Shown.HEX, Shown.HEX),
          new Operation(
              "FUTEX_CMP_REQUEUE_PI", Shown.DECIMAL, Shown.DECIMAL, Shown.HEX, Shown.HEX));

  private FutexText() {}

  /** The arguments of the call. */
  record Arguments(
      long address, long operation, long value, long timeout, long address2, long value3) {}

  /** Appends the text; false, with nothing appended, for an operation that is not known. */
  static boolean append(StringBuilder out, Arguments call) {
    long command = call.operation() & COMMAND_MASK;
    if (command < 0 || command >= OPERATIONS.size()) {
      return false;
    }
    Operation operation = OPERATIONS.get((int) command);
    out.append("op=").append(operation.name());
    out.append((call.operation() & PRIVATE_FLAG) != 0 ? "|FUTEX_PRIVATE_FLAG" : "");
    out.append((call.operation() & CLOCK_REALTIME) != 0 ? "|FUTEX_CLOCK_REALTIME" : "");
    append(out, " uaddr=", Shown.HEX, call.address());
    append(out, " val=", operation.value(), call.value());
    String timeout = operation.timeout() == Shown.HEX ? " utime=" : " val2=";
    append(out, timeout, operation.timeout(), call.timeout());
    append(out, " uaddr2=", operation.address2(), call.address2());
    append(out, " val3=", operation.value3(), call.value3());
    return true;
  }

  private static void append(StringBuilder out, String name, Shown shown, long value) {
    switch (shown) {
      case NOT -> {}
      case DECIMAL -> out.append(name).append(Long.toUnsignedString(value));
      case HEX -> {
        String hex = Long.toHexString(value);
        out.append(name).append("0x").repeat('0', Math.max(0, 8 - hex.length())).append(hex);
      }
    }
  }
}
