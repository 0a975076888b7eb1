package besser.bes2600.driver;

import besser.bes2600.wire.Indications;
import besser.bes2600.wire.LittleEndian;
import besser.bes2600.wire.MessageId;
import besser.bes2600.wire.Startup;
import besser.kernel.Allocation;
import besser.kernel.Errno;
import besser.kernel.Gfp;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.LogLevel;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.WaitQueue;
import java.util.ArrayDeque;
import java.util.Optional;

/** wsm.c: the indications other than received frames. */
final class WsmIndication {
  private static final KernelFunction EVENT_INDICATION =
      KernelFunction.of("bes2600", "wsm_event_indication");
  private static final int MAX_FIRMWARE_TYPE = 4;
  private static final int EVENT_BYTES = 40;
  private static final int SUSPEND_RESUME_MULTICAST = 8;

  /** {@code struct bes2600_wsm_event}. */
  record Event(int eventId, int eventData, int ifId, Allocation memory) {}

  private final Bes2600Common hw;
  private final Kernel kernel;
  final SpinLock eventQueueLock;
  final ArrayDeque<Event> eventQueue = new ArrayDeque<>();
  final WaitQueue wsmStartupDone;
  final SharedInt firmwareReady;
  private final WaitQueue channelSwitchDone;

  WsmIndication(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    eventQueueLock = kernel.spinLock(new LockClass("event_queue_lock", "bes2600"));
    wsmStartupDone = kernel.waitQueue(new LockClass("wsm_startup_done", "bes2600"));
    firmwareReady = kernel.sharedInt("wsm_caps.firmwareReady", 0);
    channelSwitchDone = kernel.waitQueue(new LockClass("channel_switch_done", "bes2600"));
  }

  int handle(int id, int link, byte[] bytes, int at) {
    return switch (id) {
      case MessageId.STARTUP -> startup(bytes, at);
      case MessageId.EVENT -> event(link, bytes, at);
      case MessageId.CHANNEL_SWITCH -> channelSwitch(bytes, at);
      case MessageId.SET_PM_DONE -> setPm(bytes, at);
      case MessageId.SCAN_COMPLETE -> scanComplete(bytes, at);
      case MessageId.SUSPEND_RESUME -> suspendResume(link, bytes, at);
      default -> 0;
    };
  }

  private int startup(byte[] bytes, int at) {
    Startup startup = Startup.read(bytes, at);
    hw.numInpChBufs.set(startup.numInpChBufs());
    if (startup.status() != 0 || startup.firmwareType() > MAX_FIRMWARE_TYPE) {
      kernel.warn("wsm_startup_indication");
      return Errno.EINVAL;
    }
    firmwareReady.set(1);
    wsmStartupDone.wakeUp();
    return 0;
  }

  /** {@code wsm_event_indication}: C does not check the allocation either. */
  private int event(int ifId, byte[] bytes, int at) {
    try (var _ = kernel.enter(EVENT_INDICATION)) {
      Optional<Bes2600Vif> priv = hw.hwPrivToVif(ifId);
      if (priv.isEmpty()) return 0;
      boolean stopped = priv.get().mode.get() == Bes2600Vif.MODE_UNSPECIFIED;
      priv.get().vifLock.unlock();
      if (stopped) return 0;
      Optional<Allocation> memory =
          kernel.memory().kzalloc("wsm_event_indication", EVENT_BYTES, Gfp.KERNEL);
      if (memory.isEmpty()) {
        kernel.bug("wsm_event_indication: null pointer");
        return Errno.ENOMEM;
      }
      Event event =
          new Event(
              Indications.first(bytes, at), Indications.second(bytes, at), ifId, memory.get());
      eventQueueLock.lock();
      boolean first = eventQueue.isEmpty();
      eventQueue.add(event);
      eventQueueLock.unlock();
      if (first) hw.workqueue.queue(hw.staEvents.eventHandler);
      return 0;
    }
  }

  private int channelSwitch(byte[] bytes, int at) {
    hw.wsmTxPort.unlockTx();
    if (Indications.first(bytes, at) != 0) kernel.warn("wsm_channel_switch_indication");
    channelSwitchDone.wakeUp();
    return 0;
  }

  private int setPm(byte[] bytes, int at) {
    int status = Indications.first(bytes, at);
    int psm = Indications.powerMode(bytes, at);
    if (status == 0) {
      hw.pwr.notifyPsChanged(psm);
    } else {
      hw.log.err("[WSM] PM Ind status:" + status + " psm:" + psm);
    }
    return 0;
  }

  private int scanComplete(byte[] bytes, int at) {
    hw.wsmCmd.unlockOper();
    hw.scan.completeCallback(Indications.first(bytes, at));
    return 0;
  }

  /** {@code wsm_suspend_resume_indication} and, in STA mode, {@code bes2600_suspend_resume}. */
  private int suspendResume(int link, byte[] bytes, int at) {
    int flags = Indications.first(bytes, at);
    boolean stop = (flags & 1) == 0;
    boolean multicast = (flags & SUSPEND_RESUME_MULTICAST) != 0;
    Optional<Bes2600Vif> priv = hw.hwPrivToVif(link);
    if (priv.isEmpty()) return 0;
    hw.suspendResume(priv.get(), stop, multicast);
    priv.get().vifLock.unlock();
    return 0;
  }

  /** {@code wsm_handle_exception}: prints what the firmware says about its death. */
  void handleException(byte[] bytes, int at, int length) {
    if (length < Indications.EXCEPTION_BYTES) {
      kernel.printk(LogLevel.ERR, "ieee80211 phy0: Firmware exception.");
      return;
    }
    int reason = Indications.first(bytes, at);
    String text =
        reason >= 0 && reason < 4
            ? "Firmware exception: reason " + reason
            : "Firmware assert, line " + LittleEndian.u32(bytes, at + 12);
    kernel.printk(LogLevel.ERR, "ieee80211 phy0: " + text);
  }
}
