package besser.kernel.machine;

import org.jspecify.annotations.Nullable;

/** {@code tasklet_action_common}. */
final class Tasklets {
  private final Engine engine;

  Tasklets(Engine engine) {
    this.engine = engine;
  }

  void run() {
    engine.workqueues.runBhPool(engine.running, false);
    runList(engine.running, false);
  }

  void runHi() {
    engine.workqueues.runBhPool(engine.running, true);
    runList(engine.running, true);
  }

  private void runList(Cpu cpu, boolean hi) {
    TaskletQueue queue = hi ? cpu.hiTasklets : cpu.tasklets;
    @Nullable SimTasklet tasklet = queue.takeAll();
    while (tasklet != null) {
      SimTasklet next = tasklet.next;
      tasklet.next = null;
      engine.point(Choice.Operation.OTHER, -1);
      if (tasklet.running) {
        // It runs on another CPU: not in parallel with itself, so once more from here.
        boolean off = engine.interrupts.save();
        queue.add(tasklet);
        engine.softirqs.raise(cpu, hi ? Softirq.HI : Softirq.TASKLET);
        if (!off) engine.interrupts.enableHere();
      } else {
        tasklet.scheduled = false;
        tasklet.running = true;
        tasklet.run();
        engine.point(Choice.Operation.OTHER, -1);
        tasklet.running = false;
      }
      tasklet = next;
    }
  }
}
