package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.Tasklet;
import besser.kernel.observe.Observer;
import org.jspecify.annotations.Nullable;

/** {@code struct tasklet_struct}. */
final class SimTasklet implements Tasklet {
  private final Engine engine;
  final int id;
  final KernelFunction function;
  private final Runnable body;
  @Nullable SimTasklet next;
  boolean scheduled;
  boolean running;

  SimTasklet(Engine engine, KernelFunction function, Runnable body) {
    this.engine = engine;
    this.id = engine.nextObjectId();
    this.function = function;
    this.body = body;
  }

  @Override
  public void schedule() {
    schedule(Softirq.TASKLET);
  }

  @Override
  public void hiSchedule() {
    schedule(Softirq.HI);
  }

  private void schedule(Softirq vector) {
    engine.point(Choice.Operation.QUEUE, -1);
    Observer observer = engine.observer;
    if (observer != null) observer.taskletScheduled(this, !scheduled, engine.context());
    if (scheduled) return;
    scheduled = true;
    engine.enter(Functions.TASKLET_SCHEDULE);
    boolean off = engine.interrupts.save();
    Cpu cpu = engine.running;
    (vector == Softirq.HI ? cpu.hiTasklets : cpu.tasklets).add(this);
    engine.softirqs.raise(cpu, vector);
    if (!off) engine.interrupts.enableHere();
    engine.leave();
    if (!off) engine.scheduler.preemptCheck();
  }

  void run() {
    Observer observer = engine.observer;
    if (observer != null) observer.taskletStarted(this, engine.context());
    engine.trace.taskletEntry(this);
    engine.enter(function);
    body.run();
    engine.leave();
    engine.trace.taskletExit(this);
    if (observer != null) observer.taskletEnded(this, engine.context());
  }

  @Override
  public void kill() {
    engine.scheduler.mightSleep(Functions.TASKLET_KILL);
    engine.enter(Functions.TASKLET_KILL);
    engine.point(Choice.Operation.WAIT, -1);
    // Linux waits on the state's bits; polling by jiffies comes to the same here.
    while (scheduled || running) engine.scheduler.waitABit(this);
    engine.leave();
  }
}
