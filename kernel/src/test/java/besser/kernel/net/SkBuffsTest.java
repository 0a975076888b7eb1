package besser.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.Tasklet;
import besser.kernel.machine.Choice;
import besser.kernel.machine.CostModel;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import besser.kernel.machine.Schedule;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Observer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SkBuffsTest {
  private static final long SECOND = 1_000_000_000;
  private static final KernelFunction TASKLET = KernelFunction.vmlinux("test_tasklet");

  private static Machine machine(MachineConfig config) {
    Machine machine = new Machine(config);
    machine.attachNet(new SkBuffs(machine));
    return machine;
  }

  private static Machine machine() {
    return machine(MachineConfig.timed(1, 1, CostModel.fixed(10)));
  }

  private static void run(Machine machine, Runnable body) {
    machine.boot(body);
    machine.runUntil(SECOND);
  }

  @Test
  void receiveBufferHasACacheLineOfHeadroom() {
    Machine machine = machine();
    List<Integer> seen = new ArrayList<>();
    run(
        machine,
        () -> {
          SkBuff skb = machine.kernel().net().devAllocSkb(1566).orElseThrow();
          seen.add(skb.headroom());
          seen.add(skb.tailroom());
          seen.add(skb.truesize());
        });
    assertEquals(List.of(64, 1566, 64 + 1566 + 576), seen);
  }

  @Test
  void pendingSoftirqRunsWhenAFrameSizedBufferIsAllocatedButNotForASmallOne() {
    Machine machine = machine();
    Kernel kernel = machine.kernel();
    List<String> order = new ArrayList<>();
    Tasklet tasklet = kernel.tasklet(TASKLET, () -> order.add("tasklet"));
    run(
        machine,
        () -> {
          kernel.localIrqSave();
          tasklet.schedule();
          kernel.localIrqRestore();
          order.add("small " + kernel.net().devAllocSkb(24).isPresent());
          order.add("frame " + kernel.net().devAllocSkb(1566).isPresent());
          order.add("end");
        });
    assertEquals(List.of("small true", "tasklet", "frame true", "end"), order);
  }

  @Test
  void allocationFailsWhenTheScheduleSaysSo() {
    Schedule failing =
        new Schedule() {
          @Override
          public Mode mode() {
            return Mode.TIMED;
          }

          @Override
          public int choose(Choice choice) {
            return choice.kind() == Choice.Kind.ALLOCATION
                    && choice.site().contains("skbuff_head_cache")
                ? 1
                : 0;
          }
        };
    Machine machine = machine(MachineConfig.timed(1, 1, CostModel.fixed(10)).withSchedule(failing));
    List<Boolean> got = new ArrayList<>();
    run(machine, () -> got.add(machine.kernel().net().devAllocSkb(100).isPresent()));
    assertEquals(List.of(false), got);
  }

  @Test
  void freeingTwiceIsAnnounced() {
    Machine machine = machine();
    List<String> events = new ArrayList<>();
    machine.observe(
        new Observer() {
          @Override
          public void skb(SkBuff skb, SkbEvent event, String where, Context by) {
            events.add(event.name());
          }
        });
    run(
        machine,
        () -> {
          Net net = machine.kernel().net();
          SkBuff skb = net.devAllocSkb(10).orElseThrow();
          net.kfreeSkb(skb);
          net.kfreeSkb(skb);
          net.skbQueueHead("q").queueTail(skb);
        });
    assertEquals(List.of("ALLOCATED", "FREED", "FREED_AGAIN", "USED_AFTER_FREE"), events);
  }

  @Test
  void listIsFirstInFirstOutUnderItsOwnIrqsaveLock() {
    Machine machine = machine();
    List<String> locks = new ArrayList<>();
    machine.observe(
        new Observer() {
          @Override
          public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
            if (lock.lockClass().owner().equals("skbuff")) {
              locks.add(lock.lockClass().name() + " " + mode + " " + by.irqsDisabled());
            }
          }
        });
    List<Long> ids = new ArrayList<>();
    run(
        machine,
        () -> {
          Net net = machine.kernel().net();
          SkBuffHead list = net.skbQueueHead("rx_queue");
          SkBuff first = net.devAllocSkb(10).orElseThrow();
          SkBuff second = net.devAllocSkb(10).orElseThrow();
          list.queueTail(second);
          list.queueHead(first);
          assertEquals(2, list.length());
          ids.add(list.dequeue().orElseThrow().id() - first.id());
          ids.add(list.dequeue().orElseThrow().id() - first.id());
          assertTrue(list.dequeue().isEmpty());
        });
    assertEquals(List.of(0L, 1L), ids);
    assertEquals(List.of("rx_queue.lock IRQSAVE true"), locks.stream().distinct().toList());
    assertEquals(5, locks.size());
  }

  @Test
  void queueingABufferTwiceIsListCorruption() {
    Machine machine = machine();
    run(
        machine,
        () -> {
          Net net = machine.kernel().net();
          SkBuffHead list = net.skbQueueHead("rx_queue");
          SkBuff skb = net.devAllocSkb(10).orElseThrow();
          list.queueTail(skb);
          list.queueTail(skb);
        });
    assertEquals(1, machine.oopses().size());
  }

  @Test
  void leavingTheBoundsOfABufferPanics() {
    SkBuff skb = new SkBuff(1, 8, 16);
    assertThrows(IndexOutOfBoundsException.class, () -> skb.put(17));
    assertThrows(IndexOutOfBoundsException.class, () -> skb.push(9));
    assertThrows(IndexOutOfBoundsException.class, () -> skb.pull(1));
  }
}
