package besser.kernel.machine;

import static besser.kernel.observe.TraceField.dynamicText;
import static besser.kernel.observe.TraceField.number;
import static besser.kernel.observe.TraceField.pointer;
import static besser.kernel.observe.TraceField.text;

import besser.kernel.KernelFunction;
import besser.kernel.observe.TraceField;
import besser.kernel.observe.TraceGate;
import besser.kernel.observe.Tracepoint;
import besser.kernel.observe.Tracepoints;
import java.util.LinkedHashMap;
import java.util.Map;

/** The core's tracepoints with the names and fields of Linux's {@code format} files. */
final class Trace {
  private static final int COMM_BYTES = 16;

  /** {@code TASK_INTERRUPTIBLE} and {@code TASK_REPORT_MAX} as {@code prev_state} shows them. */
  private static final long STATE_SLEEPING = 1;

  private static final long STATE_PREEMPTED = 0x100;
  private static final long STATE_DEAD = 0x20;
  private static final long LCB_F_SPIN = 1;
  private static final long OBJECTS = 0xffff_0000_0400_0000L;
  private static final int OBJECT_BYTES = 0x100;

  private final Engine engine;
  final Tracepoints points;
  private final Tracepoint queueWork;
  private final Tracepoint activateWork;
  private final Tracepoint executeStart;
  private final Tracepoint executeEnd;
  private final Tracepoint schedSwitch;
  private final Tracepoint schedWakeup;
  private final Tracepoint schedWaking;
  private final Tracepoint irqEntry;
  private final Tracepoint irqExit;
  private final Tracepoint softirqRaise;
  private final Tracepoint softirqEntry;
  private final Tracepoint softirqExit;
  private final Tracepoint taskletEntry;
  private final Tracepoint taskletExit;
  private final Tracepoint lockAcquire;
  private final Tracepoint wakeUp;
  private final Tracepoint contentionBegin;
  private final Tracepoint contentionEnd;
  private final Tracepoint timerStart;
  private final Tracepoint timerExpireEntry;
  private final Tracepoint timerExpireExit;
  private final Tracepoint timerCancel;
  private final Tracepoint kmalloc;
  private final Tracepoint kmemCacheAlloc;
  private final Tracepoint kfree;
  private final Map<KernelFunction, WorkGates> workGates = new LinkedHashMap<>();

  Trace(Engine engine) {
    this.engine = engine;
    this.points = new Tracepoints(new RunningContext(engine), engine.symbols, engine.costs::watch);
    TraceField work = pointer("work");
    TraceField function = pointer("function");
    queueWork =
        declare(
            "workqueue",
            "workqueue_queue_work",
            "\"work struct=%p function=%ps workqueue=%s req_cpu=%d cpu=%d\", REC->work,"
                + " REC->function, __get_str(workqueue), REC->req_cpu, REC->cpu",
            work,
            function,
            dynamicText("workqueue"),
            number("req_cpu", "int", 4, true),
            number("cpu", "int", 4, true));
    activateWork =
        declare(
            "workqueue",
            "workqueue_activate_work",
            "\"work struct %p function=%ps \", REC->work, REC->function",
            work,
            function);
    executeStart =
        declare(
            "workqueue",
            "workqueue_execute_start",
            "\"work struct %p: function %ps\", REC->work, REC->function",
            work,
            function);
    executeEnd =
        declare(
            "workqueue",
            "workqueue_execute_end",
            "\"work struct %p: function %ps\", REC->work, REC->function",
            work,
            function);
    schedSwitch =
        declare(
            "sched",
            "sched_switch",
            "\"prev_comm=%s prev_pid=%d prev_prio=%d prev_state=%ld ==> next_comm=%s next_pid=%d"
                + " next_prio=%d\", REC->prev_comm, REC->prev_pid, REC->prev_prio,"
                + " REC->prev_state, REC->next_comm, REC->next_pid, REC->next_prio",
            text("prev_comm", COMM_BYTES),
            number("prev_pid", "pid_t", 4, true),
            number("prev_prio", "int", 4, true),
            number("prev_state", "long", 8, true),
            text("next_comm", COMM_BYTES),
            number("next_pid", "pid_t", 4, true),
            number("next_prio", "int", 4, true));
    schedWakeup = declareWake("sched_wakeup");
    schedWaking = declareWake("sched_waking");
    TraceField irq = number("irq", "int", 4, true);
    irqEntry =
        declare(
            "irq",
            "irq_handler_entry",
            "\"irq=%d name=%s\", REC->irq, __get_str(name)",
            irq,
            dynamicText("name"));
    irqExit =
        declare(
            "irq",
            "irq_handler_exit",
            "\"irq=%d ret=%s\", REC->irq, REC->ret ? \"handled\" : \"unhandled\"",
            irq,
            number("ret", "int", 4, true));
    softirqRaise = declareSoftirq("softirq_raise");
    softirqEntry = declareSoftirq("softirq_entry");
    softirqExit = declareSoftirq("softirq_exit");
    taskletEntry = declareTasklet("tasklet_entry");
    taskletExit = declareTasklet("tasklet_exit");
    lockAcquire =
        declare(
            "lock",
            "lock_acquire",
            "\"%p %s\", REC->lockdep_addr, __get_str(name)",
            number("flags", "unsigned int", 4, false),
            dynamicText("name"),
            pointer("lockdep_addr"));
    wakeUp =
        declare(
            "kprobe",
            "__wake_up",
            "\"(%lx) wq_head=0x%Lx wq_name=\\\"%s\\\"\", REC->__probe_ip, REC->wq_head,"
                + " __get_str(wq_name)",
            number("__probe_ip", "unsigned long", 8, false),
            pointer("wq_head"),
            dynamicText("wq_name"));
    contentionBegin =
        declare(
            "lock",
            "contention_begin",
            "\"%p (flags=%u)\", REC->lock_addr, REC->flags",
            pointer("lock_addr"),
            number("flags", "unsigned int", 4, false));
    contentionEnd =
        declare(
            "lock",
            "contention_end",
            "\"%p (ret=%d)\", REC->lock_addr, REC->ret",
            pointer("lock_addr"),
            number("ret", "int", 4, true));
    TraceField timer = pointer("timer");
    timerStart =
        declare(
            "timer",
            "timer_start",
            "\"timer=%p function=%ps expires=%lu\", REC->timer, REC->function, REC->expires",
            timer,
            function,
            number("expires", "unsigned long", 8, false),
            number("bucket_expiry", "unsigned long", 8, false),
            number("now", "unsigned long", 8, false),
            number("flags", "unsigned int", 4, false));
    timerExpireEntry =
        declare(
            "timer",
            "timer_expire_entry",
            "\"timer=%p function=%ps now=%lu\", REC->timer, REC->function, REC->now",
            timer,
            number("now", "unsigned long", 8, false),
            function,
            number("baseclk", "unsigned long", 8, false));
    timerExpireExit = declare("timer", "timer_expire_exit", "\"timer=%p\", REC->timer", timer);
    timerCancel = declare("timer", "timer_cancel", "\"timer=%p\", REC->timer", timer);
    kmalloc = declareAllocation("kmalloc");
    kmemCacheAlloc = declareAllocation("kmem_cache_alloc");
    kfree =
        declare(
            "kmem",
            "kfree",
            "\"call_site=%pS ptr=%p\", REC->call_site, REC->ptr",
            number("call_site", "unsigned long", 8, false),
            pointer("ptr"));
  }

  private Tracepoint declare(String system, String name, String format, TraceField... fields) {
    return points.declare(system, name, format, fields);
  }

  private Tracepoint declareWake(String name) {
    return declare(
        "sched",
        name,
        "\"comm=%s pid=%d prio=%d target_cpu=%03d\", REC->comm, REC->pid, REC->prio,"
            + " REC->target_cpu",
        text("comm", COMM_BYTES),
        number("pid", "pid_t", 4, true),
        number("prio", "int", 4, true),
        number("target_cpu", "int", 4, true));
  }

  private Tracepoint declareSoftirq(String name) {
    return declare("irq", name, "\"vec=%u\", REC->vec", number("vec", "unsigned int", 4, false));
  }

  private Tracepoint declareTasklet(String name) {
    return declare(
        "irq",
        name,
        "\"tasklet=%p function=%ps\", REC->tasklet, REC->func",
        pointer("tasklet"),
        pointer("func"));
  }

  private Tracepoint declareAllocation(String name) {
    return declare(
        "kmem",
        name,
        "\"call_site=%pS ptr=%p bytes_req=%zu\", REC->call_site, REC->ptr, REC->bytes_req",
        number("call_site", "unsigned long", 8, false),
        pointer("ptr"),
        number("bytes_req", "size_t", 8, false),
        number("bytes_alloc", "size_t", 8, false));
  }

  /** The address of a numbered object. */
  static long address(long objectId) {
    return OBJECTS + OBJECT_BYTES * objectId;
  }

  /**
   * An event happens; whether its fields are to be set and it is to be emitted. Who wants to know
   * no more than that it happened is told here.
   */
  private boolean happens(Tracepoint point) {
    if (!point.isEnabled()) return false;
    if (point.isRead()) return true;
    point.happened(engine.localTime());
    return false;
  }

  /** The same of an event of one object. */
  private boolean happens(TraceGate gate) {
    if (!gate.isOpen()) return false;
    if (gate.isRead()) return true;
    gate.happened(engine.localTime());
    return false;
  }

  /** Where the work items of a function pass, as their listeners may want those of some only. */
  record WorkGates(TraceGate queue, TraceGate activate, TraceGate start, TraceGate end) {}

  WorkGates workGates(KernelFunction function) {
    return workGates.computeIfAbsent(
        function,
        any ->
            new WorkGates(
                queueWork.gate(), activateWork.gate(), executeStart.gate(), executeEnd.gate()));
  }

  void workqueueQueueWork(SimWork work, SimWorkqueue queue) {
    TraceGate gate = work.gates.queue();
    if (!happens(gate)) return;
    gate.begin()
        .number(0, address(work.id))
        .number(1, engine.symbols.addressOf(work.function()))
        .text(2, queue.name())
        .number(3, engine.cpus.length)
        .number(4, engine.running.index)
        .emit();
  }

  void workqueueActivateWork(SimWork work) {
    emitWork(work.gates.activate(), work);
  }

  void workqueueExecuteStart(SimWork work) {
    emitWork(work.gates.start(), work);
  }

  void workqueueExecuteEnd(SimWork work) {
    emitWork(work.gates.end(), work);
  }

  private void emitWork(TraceGate gate, SimWork work) {
    if (!happens(gate)) return;
    gate.begin()
        .number(0, address(work.id))
        .number(1, engine.symbols.addressOf(work.function()))
        .emit();
  }

  void schedSwitch(SimTask prev, SimTask next, boolean preempted) {
    if (!happens(schedSwitch)) return;
    schedSwitch
        .begin()
        .text(0, prev.comm())
        .number(1, prev.pid())
        .number(2, prev.prio())
        .number(3, stateOf(prev, preempted))
        .text(4, next.comm())
        .number(5, next.pid())
        .number(6, next.prio())
        .emit();
  }

  private static long stateOf(SimTask task, boolean preempted) {
    if (preempted) return STATE_PREEMPTED;
    return switch (task.state) {
      case RUNNING -> 0;
      case SLEEPING -> STATE_SLEEPING;
      case DEAD -> STATE_DEAD;
    };
  }

  void schedWaking(SimTask task) {
    if (happens(schedWaking)) emitWake(schedWaking, task);
  }

  void schedWakeup(SimTask task) {
    if (happens(schedWakeup)) emitWake(schedWakeup, task);
  }

  private static void emitWake(Tracepoint point, SimTask task) {
    point
        .begin()
        .text(0, task.comm())
        .number(1, task.pid())
        .number(2, task.prio())
        .number(3, task.cpu.index)
        .emit();
  }

  void irqHandlerEntry(int irq, String name) {
    if (happens(irqEntry)) irqEntry.begin().number(0, irq).text(1, name).emit();
  }

  void irqHandlerExit(int irq, int ret) {
    if (happens(irqExit)) irqExit.begin().number(0, irq).number(1, ret).emit();
  }

  void softirqRaise(Softirq vector) {
    if (happens(softirqRaise)) softirqRaise.begin().number(0, vector.vector()).emit();
  }

  void softirqEntry(Softirq vector) {
    if (happens(softirqEntry)) softirqEntry.begin().number(0, vector.vector()).emit();
  }

  void softirqExit(Softirq vector) {
    if (happens(softirqExit)) softirqExit.begin().number(0, vector.vector()).emit();
  }

  void taskletEntry(SimTasklet tasklet) {
    if (happens(taskletEntry)) emitTasklet(taskletEntry, tasklet);
  }

  void taskletExit(SimTasklet tasklet) {
    if (happens(taskletExit)) emitTasklet(taskletExit, tasklet);
  }

  private void emitTasklet(Tracepoint point, SimTasklet tasklet) {
    point
        .begin()
        .number(0, address(tasklet.id))
        .number(1, engine.symbols.addressOf(tasklet.function))
        .emit();
  }

  /** Where a driver's or subsystem's lock is taken, as a kernel with lockdep reports it. */
  TraceGate lockAcquire() {
    return lockAcquire.gate();
  }

  /** A lock is about to be taken. */
  void lockAcquire(TraceGate gate, String className, int lockId) {
    if (!happens(gate)) return;
    gate.begin().number(0, 0).text(1, className).number(2, address(lockId)).emit();
  }

  /** Where a wait queue is woken: a probe of {@code __wake_up} that fetches it. */
  TraceGate wakeUp() {
    return wakeUp.gate();
  }

  /** A wait queue is about to be woken. */
  void wakeUp(TraceGate gate, String name, int queueId) {
    if (!happens(gate)) return;
    gate.begin()
        .number(0, engine.symbols.addressOf(Functions.WAKE_UP))
        .number(1, address(queueId))
        .text(2, name)
        .emit();
  }

  void contentionBegin(int lockId) {
    if (!happens(contentionBegin)) return;
    contentionBegin.begin().number(0, address(lockId)).number(1, LCB_F_SPIN).emit();
  }

  void contentionEnd(int lockId) {
    if (!happens(contentionEnd)) return;
    contentionEnd.begin().number(0, address(lockId)).number(1, 0).emit();
  }

  void timerStart(SimTimer timer, long expires) {
    if (!happens(timerStart)) return;
    timerStart
        .begin()
        .number(0, address(timer.id))
        .number(1, engine.symbols.addressOf(timer.function))
        .number(2, expires)
        .number(3, timer.fireJiffy)
        .number(4, engine.jiffies())
        .number(5, engine.running.index)
        .emit();
  }

  void timerExpireEntry(SimTimer timer) {
    if (!happens(timerExpireEntry)) return;
    timerExpireEntry
        .begin()
        .number(0, address(timer.id))
        .number(1, engine.jiffies())
        .number(2, engine.symbols.addressOf(timer.function))
        .number(3, engine.jiffies())
        .emit();
  }

  void timerExpireExit(SimTimer timer) {
    if (happens(timerExpireExit)) timerExpireExit.begin().number(0, address(timer.id)).emit();
  }

  void timerCancel(SimTimer timer) {
    if (happens(timerCancel)) timerCancel.begin().number(0, address(timer.id)).emit();
  }

  void allocated(SimAllocation allocation, boolean fromCache) {
    Tracepoint point = fromCache ? kmemCacheAlloc : kmalloc;
    if (!happens(point)) return;
    point
        .begin()
        .number(0, callSite())
        .number(1, address(allocation.id))
        .number(2, allocation.bytes())
        .number(3, allocation.bytes())
        .emit();
  }

  void freed(SimAllocation allocation) {
    if (!happens(kfree)) return;
    kfree.begin().number(0, callSite()).number(1, address(allocation.id)).emit();
  }

  private long callSite() {
    var node = engine.running.current.stack();
    return node.isRoot() ? 0 : engine.symbols.addressOf(node.function());
  }
}
