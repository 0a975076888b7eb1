package besser.kernel.mmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Errno;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.machine.CostModel;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import besser.kernel.mmc.DwMciConfig.BottomHalf;
import besser.kernel.observe.TraceRecord;
import besser.kernel.observe.Tracepoints;
import besser.kernel.random.Distribution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SdioSlotTest {
  private static final long SECOND = 1_000_000_000;

  /** 104 clocks at 150 MHz. */
  private static final long COMMAND_NANOS = 694;

  private static final KernelFunction OTHER = KernelFunction.vmlinux("other_thread");

  private final ScriptedCard card = new ScriptedCard();

  private static DwMciConfig config(BottomHalf bottomHalf, MmcTiming timing) {
    return new DwMciConfig("mmc2", 45, 0, bottomHalf, 2048, 4, timing);
  }

  private static MmcTiming bus() {
    return MmcTiming.sdr104(Distribution.fixed(0), Distribution.fixed(0));
  }

  private static Machine machine(CostModel costs) {
    return new Machine(MachineConfig.timed(1, 2, costs));
  }

  private SdioSlot slot(Machine machine) {
    return new SdioSlot(machine, config(BottomHalf.BH_WORK, bus()), card);
  }

  private static void run(Machine machine, Runnable body) {
    machine.boot(body);
    machine.runUntil(machine.nowNanos() + SECOND);
  }

  @ParameterizedTest
  @EnumSource(BottomHalf.class)
  void registerReadTakesTheBusTimeOfOneCommand(BottomHalf bottomHalf) {
    Machine machine = machine(CostModel.free());
    SdioFunction function = new SdioSlot(machine, config(bottomHalf, bus()), card).function();
    card.registers[1] = 0x8a;
    List<Long> took = new ArrayList<>();
    run(
        machine,
        () -> {
          function.claimHost();
          long before = machine.nowNanos();
          assertEquals(0x8a, function.readb(1));
          took.add(machine.nowNanos() - before);
          function.releaseHost();
        });
    assertEquals(List.of(COMMAND_NANOS), took);
  }

  @Test
  void blockReadTakesCommandAndDataTimeAndFillsTheBuffer() {
    Machine machine = machine(CostModel.free());
    SdioFunction function = slot(machine).function();
    byte[] data = new byte[1024];
    List<Long> took = new ArrayList<>();
    run(
        machine,
        () -> {
          function.claimHost();
          long before = machine.nowNanos();
          assertEquals(0, function.cmd53(0x1c000002, false, data, 1024));
          took.add(machine.nowNanos() - before);
          function.releaseHost();
        });
    // 1,024 bytes on four lines and 2 x 20 clocks are 2,088 clocks; then 300 ns of DMA
    assertEquals(List.of(COMMAND_NANOS + 13_920 + 300), took);
    assertEquals((byte) 1023, data[1023]);
  }

  @Test
  void cardThatIsBusyDelaysItsAnswer() {
    Machine machine = machine(CostModel.free());
    SdioFunction function = slot(machine).function();
    card.busyNanos = 50_000;
    List<Long> took = new ArrayList<>();
    run(
        machine,
        () -> {
          function.claimHost();
          long before = machine.nowNanos();
          function.writeb(7, 3);
          took.add(machine.nowNanos() - before);
          function.releaseHost();
        });
    assertEquals(List.of(COMMAND_NANOS + 50_000), took);
    assertEquals(7, card.registers[3]);
  }

  @Test
  void processorTimeComesOnTopOfTheBus() {
    Machine machine = machine(CostModel.fixed(200));
    SdioFunction function = slot(machine).function();
    List<Long> took = new ArrayList<>();
    run(
        machine,
        () -> {
          function.claimHost();
          long before = machine.nowNanos();
          function.readb(1);
          took.add(machine.nowNanos() - before);
          function.releaseHost();
        });
    assertTrue(took.get(0) > COMMAND_NANOS + 10 * 200, "took " + took);
  }

  @Test
  void errorsReachTheDriverAsNegativeNumbers() {
    Machine machine = machine(CostModel.fixed(100));
    SdioFunction function = slot(machine).function();
    card.transferResults.addAll(List.of(Errno.EILSEQ, Errno.ETIMEDOUT, Errno.EIO, 0));
    List<Integer> results = new ArrayList<>();
    run(
        machine,
        () -> {
          function.claimHost();
          byte[] data = new byte[512];
          for (int i = 0; i < 4; i++) results.add(function.cmd53(0, false, data, 512));
          card.directError = Errno.ETIMEDOUT;
          results.add(function.readb(1));
          card.directError = Errno.EILSEQ;
          results.add(function.readb(1));
          card.directError = Errno.ERANGE;
          results.add(function.readb(1));
          function.releaseHost();
        });
    assertEquals(List.of(-84, -110, -5, 0, -110, -84, -34), results);
  }

  @Test
  void crcErrorLeadsToRetuningBeforeTheNextRequestUnlessHeld() {
    Machine machine = machine(CostModel.fixed(100));
    SdioFunction function = slot(machine).function();
    List<Long> opcodes = new ArrayList<>();
    machine.tracepoints().enable("mmc:mmc_request_start", r -> opcodes.add(r.number(0)));
    card.transferResults.addAll(List.of(Errno.EILSEQ, 0, Errno.EILSEQ, 0));
    run(
        machine,
        () -> {
          byte[] data = new byte[512];
          function.claimHost();
          function.cmd53(0, false, data, 512);
          function.cmd53(0, false, data, 512);
          function.retuneHoldNow();
          function.cmd53(0, false, data, 512);
          function.cmd53(0, false, data, 512);
          function.retuneRelease();
          function.releaseHost();
        });
    assertEquals(List.of(53L, 19L, 19L, 19L, 19L, 53L, 53L, 53L), opcodes);
  }

  @Test
  void claimIsRecursiveForItsTask() {
    Machine machine = machine(CostModel.fixed(100));
    SdioFunction function = slot(machine).function();
    List<String> order = new ArrayList<>();
    run(
        machine,
        () -> {
          function.claimHost();
          function.claimHost();
          function.releaseHost();
          order.add("still claimed " + function.readb(1));
          function.releaseHost();
        });
    assertEquals(List.of("still claimed 0"), order);
    assertEquals(0, machine.warnings());
  }

  @Test
  void secondTaskWaitsUntilTheHostIsReleasedAsOftenAsItWasClaimed() {
    Machine machine = machine(CostModel.fixed(100));
    Kernel kernel = machine.kernel();
    SdioFunction function = slot(machine).function();
    List<String> order = new ArrayList<>();
    machine.boot(
        () -> {
          function.claimHost();
          function.claimHost();
          kernel.kthread(
              "second",
              OTHER,
              () -> {
                function.claimHost();
                order.add("second");
                function.releaseHost();
              });
          kernel.clock().msleep(20);
          function.releaseHost();
          kernel.clock().msleep(20);
          order.add("first");
          function.releaseHost();
        });
    machine.runUntil(SECOND);
    assertEquals(List.of("first", "second"), order);
  }

  @Test
  void useWithoutAClaimIsWarnedOf() {
    Machine machine = machine(CostModel.fixed(100));
    SdioFunction function = slot(machine).function();
    run(machine, () -> function.readb(1));
    assertEquals(1, machine.warnings());
  }

  @Test
  void cardInterruptCallsTheHandlerInProcessContextWithTheHostClaimed() {
    Machine machine = machine(CostModel.fixed(100));
    SdioSlot slot = slot(machine);
    SdioFunction function = slot.function();
    List<String> seen = new ArrayList<>();
    card.onRead = () -> slot.setCardInterrupt(false);
    run(
        machine,
        () -> {
          function.claimHost();
          int claimed =
              function.claimIrq(
                  () -> {
                    seen.add(machine.context().kind() + " " + function.readb(1));
                  });
          seen.add("claimed " + claimed);
          function.releaseHost();
        });
    machine.hardware().after(1000, () -> slot.setCardInterrupt(true));
    machine.runUntil(machine.nowNanos() + SECOND);
    assertEquals(List.of("claimed 0", "TASK 0"), seen);
    assertEquals(0, machine.warnings());
  }

  @Test
  void levelThatStaysHighInterruptsAgainAfterTheHandlerHasRun() {
    Machine machine = machine(CostModel.fixed(100));
    SdioSlot slot = slot(machine);
    SdioFunction function = slot.function();
    int[] calls = {0};
    run(
        machine,
        () -> {
          function.claimHost();
          function.claimIrq(
              () -> {
                calls[0]++;
                if (calls[0] == 3) slot.setCardInterrupt(false);
              });
          function.releaseHost();
        });
    machine.hardware().after(0, () -> slot.setCardInterrupt(true));
    machine.runUntil(machine.nowNanos() + SECOND);
    assertEquals(3, calls[0]);
  }

  @Test
  void interruptStaysMaskedUntilTheHandlerHasTheHost() {
    Machine machine = machine(CostModel.fixed(100));
    Kernel kernel = machine.kernel();
    SdioSlot slot = slot(machine);
    SdioFunction function = slot.function();
    int[] calls = {0};
    List<Integer> callsWhileClaimed = new ArrayList<>();
    card.onRead = () -> {};
    run(
        machine,
        () -> {
          function.claimHost();
          function.claimIrq(
              () -> {
                calls[0]++;
                slot.setCardInterrupt(false);
              });
          machine.hardware().after(0, () -> slot.setCardInterrupt(true));
          kernel.clock().msleep(50);
          callsWhileClaimed.add(calls[0]);
          function.releaseHost();
        });
    assertEquals(List.of(0), callsWhileClaimed);
    assertEquals(1, calls[0]);
  }

  @Test
  void irqCanBeClaimedOnce() {
    Machine machine = machine(CostModel.fixed(100));
    SdioFunction function = slot(machine).function();
    List<Integer> results = new ArrayList<>();
    run(
        machine,
        () -> {
          function.claimHost();
          results.add(function.claimIrq(() -> {}));
          results.add(function.claimIrq(() -> {}));
          results.add(function.releaseIrq());
          results.add(function.claimIrq(() -> {}));
          function.releaseHost();
        });
    assertEquals(List.of(0, Errno.EBUSY, 0, 0), results);
  }

  @ParameterizedTest
  @EnumSource(BottomHalf.class)
  void requestsAreFinishedInTheBottomHalfThatIsConfigured(BottomHalf bottomHalf) {
    Machine machine = machine(CostModel.fixed(100));
    SdioFunction function = new SdioSlot(machine, config(bottomHalf, bus()), card).function();
    int[] works = {0};
    machine.tracepoints().enable("workqueue:workqueue_execute_start", _ -> works[0]++);
    run(
        machine,
        () -> {
          function.claimHost();
          for (int i = 0; i < 10; i++) function.readb(1);
          function.releaseHost();
        });
    int expected =
        switch (bottomHalf) {
          case TASKLET -> 0;
          case BH_WORK -> 10;
        };
    assertEquals(expected, works[0]);
  }

  private static String fields(TraceRecord record, String... names) {
    StringBuilder text = new StringBuilder(record.tracepoint().name());
    for (String name : names) {
      long value = record.number(record.tracepoint().field(name));
      text.append(' ').append(name).append('=').append(value);
    }
    return text + " " + record.text(record.tracepoint().field("name"));
  }

  @Test
  void tracepointsHaveTheFieldsOfTheRequest() {
    Machine machine = machine(CostModel.fixed(100));
    SdioFunction function = slot(machine).function();
    List<String> seen = new ArrayList<>();
    Tracepoints points = machine.tracepoints();
    points.enable(
        "mmc:mmc_request_start",
        r -> seen.add(fields(r, "cmd_opcode", "cmd_arg", "blocks", "blksz", "hold_retune")));
    points.enable(
        "mmc:mmc_request_done",
        r -> seen.add(fields(r, "cmd_opcode", "cmd_err", "cmd_resp", "bytes_xfered", "data_err")));
    card.registers[1] = 10;
    run(
        machine,
        () -> {
          function.claimHost();
          function.readb(0x1);
          function.cmd53(0x1c000a0a, true, new byte[5120], 5120);
          function.releaseHost();
        });
    assertEquals(
        List.of(
            "mmc_request_start cmd_opcode=52 cmd_arg=268435968 blocks=0 blksz=0 hold_retune=1 mmc2",
            "mmc_request_done cmd_opcode=52 cmd_err=0 cmd_resp=10 bytes_xfered=0 data_err=0 mmc2",
            "mmc_request_start cmd_opcode=53 cmd_arg=469764618 blocks=10 blksz=512 hold_retune=1"
                + " mmc2",
            "mmc_request_done cmd_opcode=53 cmd_err=0 cmd_resp=0 bytes_xfered=5120 data_err=0 mmc2"),
        seen);
  }

  @Test
  void machineThatStandsStillRunsTheSameCodeWithoutDelay() {
    Machine machine = new Machine(MachineConfig.still());
    SdioSlot slot = new SdioSlot(machine, config(BottomHalf.BH_WORK, MmcTiming.still()), card);
    SdioFunction function = slot.function();
    List<Integer> results = new ArrayList<>();
    card.onRead = () -> slot.setCardInterrupt(false);
    machine.boot(
        () -> {
          function.claimHost();
          results.add(function.claimIrq(() -> results.add(100 + function.readb(2))));
          results.add(function.readb(1));
          results.add(function.cmd53(0, false, new byte[2048], 2048));
          function.releaseHost();
        });
    machine.runUntilIdle();
    machine.hardware().after(0, () -> slot.setCardInterrupt(true));
    machine.runUntilIdle();
    assertEquals(List.of(0, 0, 0, 100), results);
    assertEquals(0, machine.nowNanos());
  }
}
