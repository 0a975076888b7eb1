package besser.bes2600.ops;

import besser.bes2600.wire.SdioRegisters;
import besser.kernel.Allocation;
import besser.kernel.Gfp;
import besser.kernel.Task;
import besser.kernel.Tasklet;
import besser.kernel.Timer;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.net.SkBuff;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Observer;
import besser.kernel.observe.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts what the driver does, and lists it in order. Counting stops where the work of a force
 * close would begin, because that ends the scenario.
 */
public final class OperationCounter implements Observer {
  private static final String DRIVER = "bes2600";
  private static final int DUMP_BYTES = 12288;
  private static final String FORCE_CLOSE_WORK = "bes2600_chrdev_wifi_force_close_work";

  /** Lists whose own lock the driver takes by calling {@code skb_queue_tail} or {@code dequeue}. */
  private static final Set<String> DRIVER_LISTS = Set.of("rx_queue.lock", "tx_loop.rx_queue.lock");

  /** The one lock that {@code ieee80211_rx_irqsafe} takes. */
  private static final String MAC80211_LIST = "local.skb_queue.lock";

  private static final Set<String> ATOMICS =
      Set.of(
          "bh_rx",
          "bh_tx",
          "bh_term",
          "bh_suspend",
          "tx_lock",
          "recent_scan",
          "ba_cnt",
          "ba_acc",
          "ba_cnt_rx",
          "ba_acc_rx",
          "hw_bufs_used");

  private boolean counting;
  private boolean inInterrupt;
  private int plain;
  private int irqsave;
  private int bh;
  private int bhWq;
  private int mutexes;
  private final TreeMap<String, Integer> byClass = new TreeMap<>();
  private int wakeBh;
  private int wakeEvt;
  private int wakeOther;
  private int rxWork;
  private int rxWorkNew;
  private int txWork;
  private int txWorkNew;
  private int otherWork;
  private int cmd52Reads;
  private int cmd52Writes;
  private int cmd53Reads;
  private int cmd53Writes;
  private int claims;
  private int dumps;
  private int pads;
  private int skbs;
  private int descriptors;
  private int armed;
  private int deleted;
  private int atomicUpdates;
  private int contexts;
  private int baUnlock;
  private int psUnlock;
  private int softirqElsewhere;
  private int delivered;
  private int txStatuses;
  private int warnings;
  private String interruptedIn = "";
  private String context = "";
  private String interruptedContext = "";
  private final TreeMap<Integer, String> taskContexts = new TreeMap<>();
  private final List<OrderedStep> steps = new ArrayList<>();

  /** Tasks that are inside the mmc core, whose own work is not the driver's. */
  private final TreeSet<Integer> onBus = new TreeSet<>();

  private int current = -1;
  private Optional<Tasklet> receiveTasklet = Optional.empty();

  /** Starts counting from zero. */
  public void start() {
    plain = irqsave = bh = bhWq = mutexes = 0;
    byClass.clear();
    wakeBh = wakeEvt = wakeOther = 0;
    rxWork = rxWorkNew = txWork = txWorkNew = otherWork = 0;
    cmd52Reads = cmd52Writes = cmd53Reads = cmd53Writes = claims = 0;
    dumps = pads = skbs = descriptors = armed = deleted = 0;
    atomicUpdates = contexts = baUnlock = psUnlock = softirqElsewhere = 0;
    delivered = txStatuses = warnings = 0;
    steps.clear();
    counting = true;
  }

  /** What was counted since {@link #start}, with the driver's own count of attempts to send. */
  Operations operations(int txAttempts) {
    return new Operations(
        new Operations.Locks(plain, irqsave, bh, bhWq, mutexes, byClass),
        new Operations.Wakes(wakeBh, wakeEvt, wakeOther),
        new Operations.Queueing(rxWork, rxWorkNew, txWork, txWorkNew, otherWork),
        new Operations.Bus(cmd52Reads, cmd52Writes, cmd53Reads, cmd53Writes, claims),
        new Operations.Memory(dumps, pads, skbs, descriptors),
        new Operations.Timers(armed, deleted),
        atomicUpdates,
        contexts,
        new Operations.Softirqs(baUnlock, psUnlock, softirqElsewhere),
        txAttempts,
        delivered,
        txStatuses,
        warnings);
  }

  /** What happened since {@link #start}, in order. */
  public List<OrderedStep> steps() {
    return List.copyOf(steps);
  }

  void step(String what) {
    if (counting) steps.add(new OrderedStep(context, what));
  }

  // What the SDIO function tells.

  void enterBus() {
    onBus.add(current);
  }

  void leaveBus() {
    onBus.remove(current);
  }

  void claimed() {
    if (counting) claims++;
  }

  void interruptEnded() {
    inInterrupt = false;
  }

  void interruptBegan() {
    inInterrupt = true;
    context = "irq";
    if (!counting) return;
    contexts++;
    claims++;
  }

  void readRegister(int address, int value) {
    if (counting) cmd52Reads++;
    String name = address == SdioRegisters.NEXT_LENGTH ? "reg 1" : "reg " + address;
    step("CMD52 read " + name + " = " + hex(value));
  }

  void wroteRegister(int address, int value) {
    if (counting) cmd52Writes++;
    step("CMD52 write reg 0x" + Integer.toHexString(address) + " = " + hex(value));
  }

  private static String hex(int value) {
    return value < 0 ? Integer.toString(value) : "0x%02x".formatted(value);
  }

  void transferred(boolean write, int lengthField, boolean blockMode) {
    if (counting && write) cmd53Writes++;
    if (counting && !write) cmd53Reads++;
    String length =
        write
            ? (lengthField & ~3) + " bytes, class " + (lengthField & 3)
            : lengthField + (blockMode ? " bytes" : " bytes in byte mode");
    step("CMD53 " + (write ? "write " : "read ") + length);
  }

  // Locks.

  @Override
  public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
    if (!counting || by.kind() == Context.Kind.SOFTIRQ) return;
    String name = lock.lockClass().name();
    String owner = lock.lockClass().owner();
    if (name.equals("bh_wq")) {
      bhWq++;
    } else if (name.equals("bh_evt_wq")) {
      irqsave++;
      count(name);
    } else if (lock.lockKind() == LockView.Kind.MUTEX) {
      if (owner.equals(DRIVER)) mutexes++;
    } else if (isDriverSpinLock(lock, name, owner)) {
      switch (mode) {
        case PLAIN, TRY -> plain++;
        case BH -> bh++;
        case IRQ, IRQSAVE -> irqsave++;
      }
      count(name);
    }
  }

  private static boolean isDriverSpinLock(LockView lock, String name, String owner) {
    if (DRIVER_LISTS.contains(name) || name.equals(MAC80211_LIST)) return true;
    return lock.lockKind() == LockView.Kind.SPIN && owner.equals(DRIVER);
  }

  private void count(String lockClass) {
    byClass.merge(lockClass, 1, Integer::sum);
  }

  // Waking, waiting, queueing.

  @Override
  public void wakeCalled(Object what, Context by) {
    if (!counting || !isByDriver(by)) return;
    switch (what.toString()) {
      case "wait queue bh_wq" -> {
        wakeBh++;
        step("wake bh_wq");
      }
      case "wait queue bh_evt_wq" -> {
        wakeEvt++;
        step("wake bh_evt_wq");
      }
      default -> otherWake(what.toString());
    }
  }

  private void otherWake(String what) {
    if (!what.startsWith("wait queue ")) return;
    wakeOther++;
    step("wake " + what.substring("wait queue ".length()));
  }

  @Override
  public void waitBegan(Object what, long timeoutJiffies, Context by) {
    if (!what.toString().equals("wait queue bh_wq")) return;
    context = "bh";
    step("sleeps");
  }

  @Override
  public void waitEnded(Object what, boolean timedOut, Context by) {
    if (!what.toString().equals("wait queue bh_wq")) return;
    context = "bh";
    if (counting) contexts++;
  }

  @Override
  public void workQueued(Work work, Workqueue queue, boolean accepted, Context by) {
    if (!counting || !isByDriver(by)) return;
    String name = work.function().name();
    int isNew = accepted ? 1 : 0;
    switch (name) {
      case "sdio_rx_work" -> {
        rxWork++;
        rxWorkNew += isNew;
      }
      case "sdio_tx_work" -> {
        txWork++;
        txWorkNew += isNew;
      }
      default -> otherWork++;
    }
    step("queue_work(" + name + ")" + (accepted ? ", new" : ", already pending"));
  }

  @Override
  public void workStarted(Work work, Workqueue queue, Context by) {
    if (by.kind() != Context.Kind.TASK) return;
    String name = work.function().name();
    if (name.equals(FORCE_CLOSE_WORK)) counting = false;
    String is =
        switch (name) {
          case "sdio_rx_work" -> "rx_work";
          case "sdio_tx_work" -> "tx_work";
          case "bes2600_bh_work" -> "bh";
          default -> name;
        };
    taskContexts.put(by.task().pid(), is);
    context = is;
    if (counting && (is.equals("rx_work") || is.equals("tx_work"))) contexts++;
  }

  @Override
  public void switched(int cpu, Task from, Task to, boolean preempted) {
    current = to.pid();
    context = taskContexts.getOrDefault(to.pid(), to.comm());
  }

  @Override
  public void workEnded(Work work, Workqueue queue, Context by) {
    if (by.kind() == Context.Kind.TASK) taskContexts.remove(by.task().pid());
  }

  // Softirqs.

  @Override
  public void contextEntered(Context entered, Context interrupted) {
    if (entered.kind() == Context.Kind.HARDIRQ) interruptedContext = context;
    if (entered.kind() == Context.Kind.SOFTIRQ) {
      interruptedIn = innermostOf(interrupted);
    }
  }

  @Override
  public void contextLeft(Context left, Context resumed) {
    if (left.kind() == Context.Kind.HARDIRQ) context = interruptedContext;
  }

  @Override
  public void taskletScheduled(Tasklet tasklet, boolean accepted, Context by) {
    if (isBelow(by, "ieee80211_rx_irqsafe")) receiveTasklet = Optional.of(tasklet);
  }

  @Override
  public void taskletStarted(Tasklet tasklet, Context by) {
    if (!counting || !receiveTasklet.equals(Optional.of(tasklet))) return;
    switch (interruptedIn) {
      case "bes2600_rx_h_ba_stat", "bes2600_tx_h_ba_stat" -> baUnlock++;
      case "wsm_get_tx", "bes2600_tx" -> psUnlock++;
      default -> softirqElsewhere++;
    }
    steps.add(new OrderedStep("tasklet", "in " + interruptedIn));
  }

  // Memory, timers, atomics.

  @Override
  public void allocated(Allocation allocation, Gfp gfp, Context by) {
    if (!counting || !isByDriver(by)) return;
    if (allocation.bytes() == DUMP_BYTES) {
      dumps++;
      step("kzalloc 12288");
    } else if (allocation.site().equals("bes_sdio_memcpy_io_helper")) {
      pads++;
      step("kmalloc 512");
    } else if (allocation.site().equals("sdio_tx_bufferlistpool")) {
      descriptors++;
      step("descriptor");
    }
  }

  @Override
  public void skb(SkBuff skb, SkbEvent event, String where, Context by) {
    if (!counting) return;
    if (event == SkbEvent.ALLOCATED && isByDriver(by)) {
      skbs++;
      step("skb");
    } else if (event == SkbEvent.HANDED_OVER && where.startsWith("ieee80211_rx_")) {
      delivered++;
      step(where);
    } else if (event == SkbEvent.HANDED_OVER && where.equals("ieee80211_tx_status_skb")) {
      txStatuses++;
      step("ieee80211_tx_status_skb");
    } else if (event == SkbEvent.QUEUED && where.startsWith("rx_queue")) {
      step("rx_queue");
    }
  }

  @Override
  public void timerArmed(Timer timer, long expiresJiffies, Context by) {
    if (!counting || !isByDriver(by) || isSleep(by)) return;
    armed++;
    step("mod_timer");
  }

  @Override
  public void timerDeleted(Timer timer, boolean wasPending, boolean synced, Context by) {
    if (!counting || !synced || !isByDriver(by) || isSleep(by)) return;
    deleted++;
    step("del_timer_sync");
  }

  @Override
  public void accessed(Variable variable, Variable.Access access, Context by) {
    if (!counting) return;
    boolean atomic =
        access == Variable.Access.ATOMIC_ORDERED || access == Variable.Access.ATOMIC_RELAXED;
    if (!atomic || !ATOMICS.contains(variable.variableName())) return;
    atomicUpdates++;
  }

  @Override
  public void warned(String place, Context by) {
    if (counting) warnings++;
    step("WARN_ON in " + place);
  }

  // Who does it.

  /** Whether the function that called into the kernel is the driver's. */
  private boolean isByDriver(Context by) {
    if (by.kind() == Context.Kind.SOFTIRQ) return false;
    if (by.kind() == Context.Kind.HARDIRQ) return inInterrupt;
    if (onBus.contains(by.task().pid())) return false;
    for (CallNode node = by.stack(); !node.isRoot(); node = node.caller()) {
      String module = node.function().module();
      if (!module.equals("vmlinux")) return module.equals(DRIVER);
    }
    return false;
  }

  /** Whether it is {@code schedule_timeout} that uses a timer. */
  private static boolean isSleep(Context by) {
    return isBelow(by, "schedule_timeout");
  }

  /** Whether a function is on the stack above the driver's innermost one. */
  private static boolean isBelow(Context by, String function) {
    for (CallNode node = by.stack(); !node.isRoot(); node = node.caller()) {
      if (node.function().name().equals(function)) return true;
      if (node.function().module().equals(DRIVER)) return false;
    }
    return false;
  }

  static String innermostOf(Context context) {
    for (CallNode node = context.stack(); !node.isRoot(); node = node.caller()) {
      if (node.function().module().equals(DRIVER)) return node.function().name();
    }
    return context.task().comm();
  }
}
