package besser.kernel.machine;

/** One level of one CPU that spins on a lock. */
final class SpinWaiter {
  final Cpu cpu;
  final SimSpinLock lock;
  boolean granted;

  SpinWaiter(Cpu cpu, SimSpinLock lock) {
    this.cpu = cpu;
    this.lock = lock;
  }
}
