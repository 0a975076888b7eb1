package besser.check.driver;

import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.observe.Context;
import besser.kernel.observe.Observer;

/**
 * Recognises a storm of interrupts: the card's level stays asserted as long as nobody reads the
 * length register, and a machine on which operations take no time would handle it for ever. It is
 * told of once, and then ended: for good when the driver has given up, else until time has passed,
 * as it would have on a device.
 */
final class InterruptStorm implements Observer {
  private static final int AFTER_DEATH = 32;

  /**
   * Interrupts in a row that nobody took back. One takes some forty choices: by then everybody who
   * could run has been given a turn, however unfair the schedule, so it is not the schedule's
   * doing.
   */
  private static final int IN_A_ROW = 400;

  /** Of a storm that is known. */
  private static final int AGAIN = 16;

  /** What ends a storm. */
  interface Remedy {
    /** The card never interrupts again. */
    void silence();

    /** It does so when some time has passed. */
    void pause();
  }

  private final Ledger ledger;
  private final Remedy remedy;
  private int afterDeath;
  private int inARow;

  InterruptStorm(Ledger ledger, Remedy remedy) {
    this.ledger = ledger;
    this.remedy = remedy;
  }

  /** The register was read that takes the interrupt back. */
  void takenBack() {
    inARow = 0;
  }

  @Override
  public void workStarted(Work work, Workqueue queue, Context by) {
    if (!work.function().name().equals("sdio_irq_work")) return;
    if (ledger.driver().forceCloses().isEmpty()) {
      alive();
    } else if (!ledger.hadStorm() && ++afterDeath == AFTER_DEATH) {
      ledger.storm();
      remedy.silence();
    }
  }

  private void alive() {
    if (++inARow < (ledger.hadStormAlive() ? AGAIN : IN_A_ROW)) return;
    inARow = 0;
    ledger.stormAlive();
    remedy.pause();
  }
}
