package besser.kernel;

/** {@code WQ_*} flags of {@code alloc_workqueue}. */
public enum WorkqueueFlag {
  /** Not tied to the CPU that queues. */
  UNBOUND,
  /** Runs in softirq context, as tasklets do ({@code system_bh_wq}, since Linux 6.9). */
  BH,
  /** Workers at nice -20 in the CPU's high priority pool. */
  HIGHPRI,
  /** Running items do not hold up the start of others in the pool. */
  CPU_INTENSIVE,
  /** Has a rescuer. */
  MEM_RECLAIM,
  /** {@code alloc_ordered_workqueue}: unbound, one item at a time, in queueing order. */
  ORDERED
}
