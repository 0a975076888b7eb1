package besser.check.driver;

import besser.bes2600.driver.Bes2600;
import besser.bes2600.driver.DriverAccounts;
import besser.bes2600.driver.ForceClose;
import besser.bes2600.environment.FaultKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the card did in a run: what a checker may hold against the driver. */
final class Ledger implements CheckedCard.Listener {
  private final List<Integer> handedOver = new ArrayList<>();
  private final Set<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
  private final List<String> violations = new ArrayList<>();

  /** What a checker reads of the driver when a run is over. */
  interface Driver {
    /** Every force close, in order. */
    List<ForceClose> forceCloses();

    /** What must balance. */
    DriverAccounts accounts();

    /** Received frames that it dropped and counted. */
    long rxDropped();

    /** The driver itself. */
    static Driver of(Bes2600 driver) {
      return new Driver() {
        @Override
        public List<ForceClose> forceCloses() {
          return driver.forceCloses();
        }

        @Override
        public DriverAccounts accounts() {
          return driver.accounts();
        }

        @Override
        public long rxDropped() {
          return driver.counters().rxDropped();
        }
      };
    }
  }

  private final Driver driver;
  private Runnable onWritten = () -> {};
  private Runnable onTakenBack = () -> {};
  private final TreeSet<String> shortages = new TreeSet<>();
  private boolean exceptionSent;
  private boolean storm;
  private boolean stormAlive;
  private boolean endless;

  Ledger(Driver driver) {
    this.driver = driver;
  }

  void onWritten(Runnable action) {
    onWritten = action;
  }

  void onTakenBack(Runnable action) {
    onTakenBack = action;
  }

  /** An allocation failed in this place. */
  void shortage(String site) {
    shortages.add(site);
  }

  /** The card's interrupt came again and again, and nobody read what would have cleared it. */
  void storm() {
    storm = true;
  }

  boolean hadStorm() {
    return storm;
  }

  /** The same before the driver has given up. */
  void stormAlive() {
    stormAlive = true;
  }

  boolean hadStormAlive() {
    return stormAlive;
  }

  /** The same to the very end of the run, and the link was not given up. */
  void interruptsForEver() {
    endless = true;
  }

  boolean hadInterruptsForEver() {
    return endless;
  }

  void exceptionSent() {
    exceptionSent = true;
  }

  @Override
  public void fault(FaultKind kind) {
    faults.add(kind);
  }

  @Override
  public void interruptTakenBack() {
    onTakenBack.run();
  }

  @Override
  public void handedOver(List<Integer> frames) {
    handedOver.addAll(frames);
  }

  @Override
  public void written(int messages) {
    onWritten.run();
  }

  @Override
  public void violated(String what) {
    // What a dead driver still writes is no longer in step.
    if (!driver.forceCloses().isEmpty() || violations.contains(what)) return;
    violations.add(what);
  }

  List<Integer> handedOver() {
    return handedOver;
  }

  List<String> violations() {
    return violations;
  }

  Driver driver() {
    return driver;
  }

  /** Whether a driver may give up: the bus failed, or the firmware hangs or says that it is ill. */
  boolean mayGiveUp() {
    return exceptionSent
        || faults.contains(FaultKind.BUS_ERROR)
        || faults.contains(FaultKind.FIRMWARE_HANG);
  }

  /** What went wrong outside the driver, for keys; empty when nothing did. */
  String circumstances() {
    List<String> words = new ArrayList<>();
    for (FaultKind kind : faults) words.add(kind.site());
    if (exceptionSent) words.add("firmware exception");
    if (!shortages.isEmpty()) words.add("failed allocation");
    return words.isEmpty() ? "" : " after " + String.join(" and ", words);
  }

  /** Where allocations failed. */
  List<String> shortages() {
    return List.copyOf(shortages);
  }
}
