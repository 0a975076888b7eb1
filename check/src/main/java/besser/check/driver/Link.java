package besser.check.driver;

import besser.bes2600.driver.ForceClose;
import besser.check.Checker;
import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.RunEnd;
import besser.kernel.Gfp;
import besser.kernel.LogLevel;
import besser.kernel.observe.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * The link: a force close is its death. The finding names who gave up and why, and what led there:
 * allocations that failed, faults, and the driver's own words. A driver may give up on a bus that
 * fails and on a firmware that hangs or reports an exception; for nothing else.
 */
final class Link implements Checker {
  private static final int CHAIN = 12;

  private final Ledger ledger;
  private final List<String> chain = new ArrayList<>();
  private boolean dead;
  private final List<Finding> findings = new ArrayList<>();

  Link(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public String checkerName() {
    return "link";
  }

  @Override
  public void allocationFailed(String site, int bytes, Gfp gfp, Context by) {
    ledger.shortage(site);
    happened("an allocation failed in " + site + " (" + by.name() + ")");
  }

  @Override
  public void logged(LogLevel level, String message, Context by) {
    if (level.compareTo(LogLevel.WARNING) <= 0) happened(message + " (" + by.name() + ")");
  }

  @Override
  public void warned(String place, Context by) {
    if (place.equals("bes2600_tx_loop_set_enable")) dead = true;
    happened("WARN_ON in " + place + " (" + by.name() + ")");
  }

  private void happened(String what) {
    if (dead) return;
    if (chain.size() == CHAIN) chain.removeFirst();
    chain.add(what);
  }

  @Override
  public void ended(RunEnd end) {
    if (ledger.hadStorm()) findings.add(storm());
    if (ledger.hadStormAlive()) findings.add(stormAlive());
    if (ledger.hadInterruptsForEver()) findings.add(endless());
    List<ForceClose> closes = ledger.driver().forceCloses();
    if (closes.isEmpty() || ledger.mayGiveUp()) return;
    ForceClose first = closes.getFirst();
    String why = ledger.circumstances();
    List<String> notes = new ArrayList<>();
    notes.add("at %.6f s of the run".formatted(first.atNanos() * 1e-9));
    for (String site : ledger.shortages()) notes.add("an allocation had failed in " + site);
    chain.forEach(event -> notes.add("before: " + event));
    String message = "the driver closes the link: " + first.reason().text() + why;
    findings.add(
        new Finding(FindingKind.LINK_DEATH, message, List.of(), notes, "link-death: " + message));
  }

  private static Finding storm() {
    return Finding.of(
        FindingKind.LIVELOCK,
        "the card interrupts for ever after the link's death: sdio_rx_work no longer reads the"
            + " register that takes the interrupt back");
  }

  private Finding stormAlive() {
    return Finding.of(
        FindingKind.LIVELOCK,
        "the card interrupts again and again: nobody reads the register that takes the interrupt"
            + " back"
            + ledger.circumstances());
  }

  private Finding endless() {
    return Finding.of(
        FindingKind.LIVELOCK,
        "the card interrupts for ever, nobody reads the register that takes the interrupt back,"
            + " and nobody closes the link"
            + ledger.circumstances());
  }

  @Override
  public List<Finding> findings() {
    return List.copyOf(findings);
  }
}
