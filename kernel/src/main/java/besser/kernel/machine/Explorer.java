package besser.kernel.machine;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Puts the machine's choices to its schedule. */
final class Explorer {
  /**
   * How often a context may go on unasked because nobody else can: one that polls all alone must
   * not escape the schedule's limit.
   */
  private static final int SILENCE = 16;

  private final Engine engine;
  private final Schedule schedule;
  private final Question question = new Question();
  private @Nullable Cpu chosen;
  private int silent;

  Explorer(Engine engine) {
    this.engine = engine;
    this.schedule = engine.config.schedule();
  }

  boolean allocationFails(String site) {
    return ask(question.yesOrNo(Choice.Kind.ALLOCATION, site)) == 1;
  }

  boolean faultOccurs(Fault fault) {
    return ask(question.yesOrNo(Choice.Kind.FAULT, fault.site())) == 1;
  }

  private int ask(Question asked) {
    int answer = schedule.choose(asked);
    if (answer < 0 || answer >= asked.options()) {
      throw engine.failure.fatal(
          "the schedule must answer 0 to " + (asked.options() - 1) + ", got " + answer);
    }
    return answer;
  }

  /** A visible operation of the running context: the schedule says who goes on. */
  void point(Choice.Operation operation, int object) {
    Cpu cpu = engine.running;
    SimTask task = cpu.current;
    task.nextOperation = operation;
    task.nextObject = object;
    while (true) {
      question.begin(operation.name());
      question.addContinue(cpu);
      addMoves(cpu);
      if (question.options() == 1 && ++silent % SILENCE != 0) return;
      int answer = ask(question);
      if (question.move(answer) == Choice.Move.CONTINUE) return;
      Choice.Move move = question.move(answer);
      carryOut(cpu, answer);
      cpu = engine.running;
      boolean wasChosenToGoOn = move == Choice.Move.OTHER_CPU || move == Choice.Move.PREEMPT;
      if (wasChosenToGoOn && !cpu.isDeliverable()) return;
    }
  }

  /**
   * The main loop of a machine whose time only passes when nothing else can: runs until {@code
   * until}, with {@code idleOnly} only until nothing is due now.
   */
  void run(long until, boolean idleOnly) {
    while (true) {
      engine.failure.rethrow();
      while (engine.events.nextTimeNanos() <= engine.now()) engine.fireNext();
      if (engine.still ? resumeStill() : resumeChosen() || choose(until, idleOnly)) continue;
      long next = engine.events.nextTimeNanos();
      if (idleOnly || next > until || next == Cpu.NEVER) break;
      engine.advanceToNextEvent();
    }
    engine.endAt(until, idleOnly);
  }

  private boolean resumeStill() {
    if (engine.resumeTimes.of(engine.cpus[0]) == Cpu.NEVER) return false;
    engine.resume(engine.cpus[0]);
    return true;
  }

  private boolean resumeChosen() {
    Cpu cpu = chosen;
    if (cpu == null) return false;
    chosen = null;
    engine.resume(cpu);
    return true;
  }

  /** With nobody running: false when only time could bring something. */
  private boolean choose(long until, boolean idleOnly) {
    question.begin("resume");
    for (Cpu cpu : engine.cpus) question.addCpu(cpu);
    if (question.options() == 0) return false;
    if (!idleOnly && engine.events.nextTimeNanos() <= until) question.addTime();
    int answer = question.options() == 1 ? 0 : ask(question);
    if (question.move(answer) == Choice.Move.ADVANCE_TIME) {
      engine.advanceToNextEvent();
      engine.fireNext();
    } else {
      engine.resume(engine.cpus[question.cpu(answer)]);
    }
    return true;
  }

  private void addMoves(Cpu self) {
    for (Cpu cpu : engine.cpus) {
      if (cpu != self) question.addCpu(cpu);
    }
    SimTask task = self.current;
    if (!self.irqsOff) {
      question.addInterrupts(self);
      if (task.preemptCount == 0 && !task.isIdle()) question.addPreemptions(self);
    }
    if (engine.events.nextTimeNanos() <= engine.limit()) question.addTime();
  }

  private void carryOut(Cpu cpu, int answer) {
    switch (question.move(answer)) {
      case CONTINUE -> {}
      case OTHER_CPU -> yieldTo(cpu, engine.cpus[question.cpu(answer)]);
      case PREEMPT -> preempt(cpu, question.task(answer));
      case DELIVER_IRQ -> {
        if (question.line(answer) >= 0) cpu.pendingLines().moveToFront(question.line(answer));
        engine.interrupts.deliverOne(cpu);
      }
      case ADVANCE_TIME -> {
        engine.advanceToNextEvent();
        engine.fireNext();
      }
    }
  }

  private void yieldTo(Cpu cpu, Cpu other) {
    cpu.target = engine.now();
    engine.resumeTimes.set(cpu, engine.now());
    chosen = other;
    engine.suspend(cpu.current);
  }

  private boolean canGoOn(Cpu cpu) {
    if (engine.resumeTimes.of(cpu) == Cpu.NEVER) return false;
    BooleanSupplier condition = cpu.spinCondition;
    return condition == null || !condition.getAsBoolean();
  }

  private void preempt(Cpu cpu, SimTask next) {
    cpu.runQueue.moveToFront(next);
    engine.scheduler.preemptNow();
  }

  /** Which of several runnable tasks a CPU takes. */
  @Nullable SimTask pick(Cpu cpu) {
    if (cpu.runQueue.size() > 1) {
      question.begin("pick");
      question.addPreemptions(cpu);
      cpu.runQueue.moveToFront(question.task(ask(question)));
    }
    return cpu.runQueue.take();
  }

  /** The one question; an answer is taken before the next is asked. */
  private final class Question implements Choice {
    private static final int CAPACITY = 64;

    private Kind kind = Kind.RUN;
    private String site = "";
    private int options;
    private final Move[] moves = new Move[CAPACITY];
    private final int[] cpus = new int[CAPACITY];
    private final int[] actors = new int[CAPACITY];
    private final int[] details = new int[CAPACITY];
    private final Operation[] operations = new Operation[CAPACITY];
    private final int[] objects = new int[CAPACITY];

    Question yesOrNo(Kind asked, String where) {
      kind = asked;
      site = where;
      options = 2;
      return this;
    }

    void begin(String where) {
      kind = Kind.RUN;
      site = where;
      options = 0;
    }

    void addContinue(Cpu cpu) {
      add(Move.CONTINUE, cpu, cpu.context().id(), 0);
      describe(cpu.current);
    }

    void addCpu(Cpu cpu) {
      if (!canGoOn(cpu)) return;
      boolean idle = cpu.isIdle();
      SimTask waiting = idle ? cpu.runQueue.peek() : null;
      int actor = waiting == null ? cpu.context().id() : waiting.id();
      add(Move.OTHER_CPU, cpu, actor, 0);
      if (!idle) describe(cpu.current);
    }

    void addInterrupts(Cpu cpu) {
      if (cpu.hasPendingOwnIrq()) {
        add(Move.DELIVER_IRQ, cpu, -1, -1);
        return;
      }
      for (int i = 0; i < cpu.pendingLines().size(); i++) {
        add(Move.DELIVER_IRQ, cpu, -1 - cpu.pendingLines().get(i).irq(), i);
      }
    }

    void addPreemptions(Cpu cpu) {
      for (int i = 0; i < cpu.runQueue.size(); i++) {
        SimTask task = cpu.runQueue.get(i);
        add(Move.PREEMPT, cpu, task.id(), i);
        describe(task);
      }
    }

    void addTime() {
      if (options == CAPACITY) return;
      moves[options] = Move.ADVANCE_TIME;
      cpus[options] = -1;
      actors[options] = Integer.MIN_VALUE;
      operations[options] = Operation.UNKNOWN;
      objects[options] = -1;
      options++;
    }

    private void add(Move move, Cpu cpu, int actor, int detail) {
      if (options == CAPACITY) return;
      moves[options] = move;
      cpus[options] = cpu.index;
      actors[options] = actor;
      details[options] = detail;
      operations[options] = Operation.UNKNOWN;
      objects[options] = -1;
      options++;
    }

    private void describe(SimTask task) {
      operations[options - 1] = task.nextOperation;
      objects[options - 1] = task.nextObject;
    }

    SimTask task(int option) {
      return engine.cpus[cpus[option]].runQueue.get(details[option]);
    }

    int line(int option) {
      return details[option];
    }

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public String site() {
      return site;
    }

    @Override
    public int options() {
      return options;
    }

    @Override
    public Move move(int option) {
      return moves[option];
    }

    @Override
    public int cpu(int option) {
      return cpus[option];
    }

    @Override
    public int actor(int option) {
      return actors[option];
    }

    @Override
    public Operation operation(int option) {
      return operations[option];
    }

    @Override
    public int object(int option) {
      return objects[option];
    }
  }
}
