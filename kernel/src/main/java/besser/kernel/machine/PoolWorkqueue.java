package besser.kernel.machine;

/** {@code struct pool_workqueue}: one queue's share of one pool. */
final class PoolWorkqueue {
  final SimWorkqueue queue;
  final WorkerPool pool;
  final WorkList inactive = new WorkList();
  private int active;

  PoolWorkqueue(SimWorkqueue queue, WorkerPool pool) {
    this.queue = queue;
    this.pool = pool;
  }

  /** Under the pool's lock: activates an item or puts it aside. */
  void insert(SimWork work) {
    if (active < queue.maxActive()) {
      activate(work);
    } else {
      inactive.add(work);
    }
  }

  private void activate(SimWork work) {
    active++;
    queue.engine().trace.workqueueActivateWork(work);
    pool.worklist.add(work);
  }

  /** {@code pwq_dec_nr_in_flight}, under the pool's lock: the next inactive item moves up. */
  void ended() {
    active--;
    SimWork first = inactive.poll();
    if (first != null) activate(first);
  }
}
