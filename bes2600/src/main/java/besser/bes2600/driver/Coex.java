package besser.bes2600.driver;

import besser.kernel.Allocation;
import besser.kernel.Gfp;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.Work;
import java.util.ArrayDeque;
import java.util.Optional;

/** epta_request.c: events for the Wi-Fi and Bluetooth arbiter; what it decides is not modelled. */
final class Coex {
  static final int CONNECTING = 3;
  static final int DISCONNECTING = 9;

  private static final KernelFunction REQUEST =
      KernelFunction.of("bes2600", "coex_wifi_bt_ts_request");
  private static final KernelFunction COEX_WORK =
      KernelFunction.of("bes2600", "coex_wifi_bt_ts_thread");
  private static final int EVENT_BYTES = 32;

  private final Kernel kernel;
  private final SpinLock coexEventLock;
  private final ArrayDeque<Allocation> events = new ArrayDeque<>();
  private final Work coexWork;

  Coex(Bes2600Common hw) {
    kernel = hw.kernel;
    coexEventLock = kernel.spinLock(new LockClass("coex_event_lock", "bes2600"));
    coexWork = kernel.work(COEX_WORK, this::coexWork);
  }

  /** {@code coex_wifi_bt_ts_request}: called with {@code vif_lock} held. */
  void request(int status) {
    try (var _ = kernel.enter(REQUEST)) {
      Optional<Allocation> event =
          kernel.memory().kmalloc("coex_wifi_bt_ts_request", EVENT_BYTES, Gfp.ATOMIC);
      if (event.isEmpty()) return;
      coexEventLock.lock();
      events.add(event.get());
      coexEventLock.unlock();
      kernel.systemWq().queue(coexWork);
    }
  }

  private void coexWork() {
    coexEventLock.lock();
    while (!events.isEmpty()) {
      Allocation event = events.removeFirst();
      coexEventLock.unlock();
      kernel.memory().free(event);
      coexEventLock.lock();
    }
    coexEventLock.unlock();
  }
}
