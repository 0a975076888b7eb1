package besser.bes2600.driver;

import besser.bes2600.wire.Indications;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** sta.c: {@code bes2600_event_handler}. */
final class StaEvents {
  private static final KernelFunction EVENT_HANDLER =
      KernelFunction.of("bes2600", "bes2600_event_handler");
  private static final int PS_MODE_ERROR = 8;

  private final Bes2600Common hw;
  private final Kernel kernel;
  final Work eventHandler;

  StaEvents(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    eventHandler = kernel.work(EVENT_HANDLER, this::eventHandler);
  }

  private List<WsmIndication.Event> takeAll() {
    hw.wsmIndication.eventQueueLock.lock();
    List<WsmIndication.Event> events = new ArrayList<>(hw.wsmIndication.eventQueue);
    hw.wsmIndication.eventQueue.clear();
    hw.wsmIndication.eventQueueLock.unlock();
    return events;
  }

  private void eventHandler() {
    List<WsmIndication.Event> events = takeAll();
    hw.sta.confLock.down();
    for (WsmIndication.Event event : events) {
      Optional<Bes2600Vif> priv = hw.vifs.get(event.ifId());
      if (priv.isPresent()) handle(priv.get(), event);
    }
    hw.chardev.wakeupByEventNone();
    hw.sta.confLock.up();
    free(events);
  }

  private void handle(Bes2600Vif priv, WsmIndication.Event event) {
    switch (event.eventId()) {
      case Indications.EVENT_BSS_LOST -> hw.bssLoss.lost(priv);
      case Indications.EVENT_BSS_REGAINED -> hw.bssLoss.regained(priv);
      case PS_MODE_ERROR -> {
        hw.log.err("PS Mode Error, Reason:" + event.eventData());
        hw.pwr.markApLpBad();
        priv.powersaveMode = WsmApi.PSM_ACTIVE;
      }
      default -> {}
    }
  }

  private void free(List<WsmIndication.Event> events) {
    for (WsmIndication.Event event : events) kernel.memory().free(event.memory());
  }

  /** {@code bes2600_free_event_queue}. */
  void freeEventQueue() {
    free(takeAll());
  }
}
