package besser.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.SpinLock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleInterruptTest {
  @Test
  void aHandlerOnAnIdleCpuGoesOnAtItsOwnTimeWhenAnotherCpuRunsBetween() {
    Machine machine = Fixtures.timed(2);
    Kernel kernel = machine.kernel();
    SpinLock handlerLock = kernel.spinLock(Fixtures.LOCK);
    SpinLock taskLock = kernel.spinLock(Fixtures.LOCK);
    List<Long> times = new ArrayList<>();
    IrqLine line = machine.hardware().irqLine(7, "device", 0);
    line.requestIrq(
        Fixtures.HANDLER,
        () -> {
          for (int i = 0; i < 20; i++) {
            handlerLock.lockIrqsave();
            handlerLock.unlockIrqrestore();
            times.add(machine.nowNanos());
          }
        });
    machine.kthread(
        "busy",
        Fixtures.BODY,
        Fixtures.on(1),
        () -> {
          for (int i = 0; i < 2000; i++) {
            taskLock.lock();
            taskLock.unlock();
          }
          kernel.clock().msleep(50);
        });
    machine.hardware().after(30_000, line::raise);
    machine.runUntil(Fixtures.SECOND);
    assertEquals(20, times.size());
    for (int i = 1; i < times.size(); i++) {
      long gap = times.get(i) - times.get(i - 1);
      assertTrue(gap > 0 && gap < 10_000, "gap of " + gap + " ns inside the handler");
    }
  }
}
