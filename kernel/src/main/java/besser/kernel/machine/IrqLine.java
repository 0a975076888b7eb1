package besser.kernel.machine;

import besser.kernel.KernelFunction;
import java.util.function.BooleanSupplier;

/** One interrupt line, routed to one CPU. */
public interface IrqLine {
  /** The Linux irq number. */
  int irq();

  /** The name in {@code /proc/interrupts}. */
  String name();

  /** The CPU that takes it. */
  int cpu();

  /** {@code request_irq}: the body runs in hardirq context and handles every interrupt. */
  void requestIrq(KernelFunction handler, Runnable body);

  /**
   * {@code request_threaded_irq} with {@code IRQF_ONESHOT}: the primary handler runs in hardirq; on
   * true ({@code IRQ_WAKE_THREAD}) the line stays masked until the thread body has run, in a task
   * {@code irq/<n>-<name>} of class FIFO at priority 50 on the line's CPU.
   */
  void requestThreadedIrq(
      KernelFunction handler, BooleanSupplier body, KernelFunction threadFunction, Runnable thread);

  /**
   * The device asserts the line, from device code. Delivered as soon as the CPU has interrupts on;
   * asserting it again before that changes nothing.
   */
  void raise();

  /** {@code disable_irq_nosync}; nests. An interrupt raised meanwhile stays pending. */
  void disable();

  /** {@code enable_irq}. */
  void enable();

  /** How often its handler ran. */
  long count();
}
