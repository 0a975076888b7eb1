package besser.bes2600.driver;

import besser.bes2600.wire.LittleEndian;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Errno;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.Semaphore;
import besser.kernel.SharedInt;
import besser.kernel.SharedLong;
import besser.kernel.SharedRef;
import besser.kernel.SpinLock;
import besser.kernel.WaitQueue;
import java.util.Optional;

/** wsm.c: {@code wsm_cmd_send} and the one command that may be outstanding. */
final class WsmCmd {
  private static final KernelFunction CMD_SEND = KernelFunction.of("bes2600", "wsm_cmd_send");

  /** {@code cmd} while its confirm is being handled. */
  static final int IN_CONFIRM = 0xffff;

  /** {@code WSM_CMD_TIMEOUT}. */
  static final int TIMEOUT_SECONDS = 6;

  /** {@code WSM_CMD_JOIN_TIMEOUT}, {@code _START_}, {@code _RESET_} and {@code _DEFAULT_}. */
  static final int LONG_TIMEOUT_SECONDS = 7;

  private static final int LAST_CHANCE_SECONDS = 10;
  private static final int BUFFER_BYTES = 528;

  private final Bes2600Common hw;
  private final Kernel kernel;
  private final Semaphore wsmCmdSema;
  private final Semaphore wsmOperLock;
  final SpinLock lock;
  final WaitQueue wsmCmdWq;
  final SharedInt ptr;
  final SharedInt done;
  final SharedInt cmd;
  final SharedInt ret;
  final SharedRef<WsmArg> arg;
  final SharedLong rxTimestamp;
  final byte[] buf = new byte[BUFFER_BYTES];
  int length;
  private long sent;

  WsmCmd(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    wsmCmdSema = kernel.semaphore(new LockClass("wsm_cmd_sema", "bes2600"), 1);
    wsmOperLock = kernel.semaphore(new LockClass("wsm_oper_lock", "bes2600"), 1);
    lock = kernel.spinLock(new LockClass("wsm_cmd.lock", "bes2600"));
    wsmCmdWq = kernel.waitQueue(new LockClass("wsm_cmd_wq", "bes2600"));
    ptr = hw.variables.sharedInt("wsm_cmd.ptr", 0);
    done = hw.variables.sharedInt("wsm_cmd.done", 0);
    cmd = kernel.sharedInt("wsm_cmd.cmd", 0);
    ret = kernel.sharedInt("wsm_cmd.ret", 0);
    arg = kernel.sharedRef("wsm_cmd.arg", Optional.empty());
    rxTimestamp = kernel.sharedLong("rx_timestamp", 0);
  }

  /** {@code wsm_cmd_lock}: wakes the device, then waits for the one command slot. */
  void lockCmd() {
    hw.pwr.setBusyEvent(PwrEvent.WSM_TX);
    wsmCmdSema.down();
  }

  /** {@code wsm_cmd_unlock}. */
  void unlockCmd() {
    wsmCmdSema.up();
    hw.pwr.clearBusyEvent(PwrEvent.WSM_TX);
  }

  /** {@code wsm_oper_lock}. */
  void lockOper() {
    hw.pwr.setBusyEvent(PwrEvent.WSM_OPER);
    wsmOperLock.down();
  }

  /** {@code wsm_oper_unlock}; called from the receive path. */
  void unlockOper() {
    wsmOperLock.up();
    hw.pwr.clearBusyEvent(PwrEvent.WSM_OPER);
  }

  /** Commands sent since probe. */
  long sent() {
    return sent;
  }

  /**
   * {@code wsm_cmd_send}, the payload already in {@link #buf} behind the header.
   *
   * @return the confirm's result, or {@code -ETIMEDOUT}
   */
  int send(WsmArg argument, int command, int payloadBytes, int timeoutSeconds, int ifId) {
    try (var _ = kernel.enter(CMD_SEND)) {
      sent++;
      length = WsmHeader.BYTES + payloadBytes;
      boolean mcu = WsmHeader.sequenceIndex(command) == 1;
      int id = mcu ? command : command | Math.max(ifId, 0) << 6;
      WsmHeader.put(buf, 0, length, id);
      if (length + 4 <= buf.length) {
        long millis = kernel.clock().jiffies() * 1000 / kernel.clock().hz();
        LittleEndian.putU32(buf, length, (int) millis);
      }
      lock.lock();
      if (ptr.get() != 0) kernel.bug("wsm_cmd_send");
      done.set(0);
      ptr.set(1);
      setArg(argument);
      cmd.set(command);
      lock.unlock();
      boolean recordedByBh = hw.has(Hardening.LOOP_BY_BH);
      if (!recordedByBh) hw.txLoop.recordWsmCmd(true);
      hw.bh.wakeup();
      boolean confirmed = hw.bh.bhError.get() == 0 && waitDone(timeoutSeconds);
      int result = confirmed ? finish() : giveUp();
      if (!recordedByBh) hw.txLoop.recordWsmCmd(false);
      LittleEndian.putU32(buf, 0, 0);
      return result;
    }
  }

  private void setArg(WsmArg argument) {
    if (argument instanceof WsmArg.None) {
      arg.clear();
    } else {
      arg.set(argument);
    }
  }

  /** Data that arrives extends the wait, up to 7 s in all when each wait ends. */
  private boolean waitDone(int timeoutSeconds) {
    long timeout = (long) timeoutSeconds * kernel.clock().hz();
    long started = kernel.clock().jiffies();
    long limit = (long) LONG_TIMEOUT_SECONDS * kernel.clock().hz();
    while (true) {
      if (wsmCmdWq.waitEventTimeout(() -> done.get() != 0, timeout) != 0) return true;
      long sinceRx = kernel.clock().jiffies() - rxTimestamp.get();
      long runtime = kernel.clock().jiffies() - started;
      if (sinceRx > timeout || runtime >= limit) return false;
    }
  }

  /** Whether somebody waits for the confirm of the command that was sent last. */
  boolean isAwaited(int rawId) {
    lock.lock();
    int awaited = WsmHeader.withoutLinkId(cmd.get());
    boolean sent = ptr.get() == 0 && awaited == WsmHeader.withoutLinkId(WsmHeader.id(rawId));
    lock.unlock();
    return sent;
  }

  private int finish() {
    lock.lock();
    arg.clear();
    ptr.set(0);
    if (done.get() == 0) kernel.bug("wsm_cmd_send");
    int result = ret.get();
    lock.unlock();
    return result;
  }

  private int giveUp() {
    lock.lock();
    boolean inConfirm = cmd.get() == IN_CONFIRM;
    arg.clear();
    ptr.set(0);
    lock.unlock();
    if (inConfirm) {
      long lastChance = (long) LAST_CHANCE_SECONDS * kernel.clock().hz();
      if (wsmCmdWq.waitEventTimeout(() -> done.get() != 0, lastChance) <= 0) {
        kernel.bug("wsm_cmd_send");
      }
    }
    hw.bh.bhWq.wakeUp();
    return Errno.ETIMEDOUT;
  }
}
