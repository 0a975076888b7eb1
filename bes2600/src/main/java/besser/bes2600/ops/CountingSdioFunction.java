package besser.bes2600.ops;

import besser.bes2600.wire.Cmd53;
import besser.kernel.KernelFunction;
import besser.kernel.machine.IrqLine;
import besser.kernel.mmc.SdioFunction;

/** Counts what a driver asks of its SDIO function, and passes it on. */
final class CountingSdioFunction implements SdioFunction {
  private static final KernelFunction SIGNAL_IRQ = KernelFunction.vmlinux("sdio_signal_irq");

  private final SdioFunction function;
  private final OperationCounter counter;
  private final IrqLine interrupt;

  CountingSdioFunction(SdioFunction function, OperationCounter counter, IrqLine interrupt) {
    this.function = function;
    this.counter = counter;
    this.interrupt = interrupt;
  }

  @Override
  public void claimHost() {
    counter.claimed();
    counter.enterBus();
    function.claimHost();
    counter.leaveBus();
  }

  @Override
  public void releaseHost() {
    counter.enterBus();
    function.releaseHost();
    counter.leaveBus();
    counter.step("host released");
  }

  /** The handler runs in the interrupt itself, so that interrupts always go first. */
  @Override
  public int claimIrq(Runnable handler) {
    interrupt.requestIrq(
        SIGNAL_IRQ,
        () -> {
          counter.interruptBegan();
          handler.run();
          counter.interruptEnded();
        });
    return 0;
  }

  @Override
  public int releaseIrq() {
    return function.releaseIrq();
  }

  @Override
  public int readb(int address) {
    counter.enterBus();
    int value = function.readb(address);
    counter.leaveBus();
    counter.readRegister(address, value);
    return value;
  }

  @Override
  public int writeb(int value, int address) {
    counter.wroteRegister(address, value);
    counter.enterBus();
    int error = function.writeb(value, address);
    counter.leaveBus();
    return error;
  }

  @Override
  public int cmd53(int argument, boolean write, byte[] data, int length) {
    counter.transferred(write, Cmd53.length(argument), Cmd53.isBlockMode(argument));
    counter.enterBus();
    int error = function.cmd53(argument, write, data, length);
    counter.leaveBus();
    return error;
  }

  @Override
  public int blockSize() {
    return function.blockSize();
  }

  @Override
  public int maxBlockCount() {
    return function.maxBlockCount();
  }

  @Override
  public int alignSize(int bytes) {
    return function.alignSize(bytes);
  }

  @Override
  public void retuneHoldNow() {
    counter.step("retune hold");
    function.retuneHoldNow();
  }

  @Override
  public void retuneRelease() {
    counter.step("retune release");
    function.retuneRelease();
  }
}
