package besser.check.driver;

import besser.bes2600.driver.DriverAccounts;
import besser.check.Checker;
import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.RunEnd;
import besser.check.Site;
import besser.kernel.Allocation;
import besser.kernel.Gfp;
import besser.kernel.KernelFunction;
import besser.kernel.mac80211.QosDataFrame;
import besser.kernel.net.SkBuff;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Context;
import besser.kernel.observe.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nothing is lost and nothing comes twice: every frame that the card handed over reaches mac80211
 * once, in order per TID, or is dropped for a reason that the driver counts; credits and counts
 * return to zero; every buffer is freed; sequence numbers and toggles agree; nothing is dispatched
 * once the bus is dead. That memory is freed only once is a rule of the kernel, checked elsewhere.
 */
final class Conservation implements Checker {
  /** How findings about a dispatch on a dead bus begin, and where accounts are out of balance. */
  static final String DEAD_BUS = "a received frame is dispatched although the bus is dead";

  static final String AFTER_DEATH = " after the link's death";

  private static final int TIDS = 16;
  private static final String DESCRIPTORS = "sdio_tx_bufferlistpool";

  private final Ledger ledger;
  private final List<Finding> findings = new ArrayList<>();
  private final TreeSet<Integer> delivered = new TreeSet<>();
  private final int[] lastOfTid = new int[TIDS];
  private final TreeMap<Long, CallNode> skbs = new TreeMap<>();
  private int descriptors;
  private boolean busDead;
  private int dispatchedDead;

  Conservation(Ledger ledger) {
    this.ledger = ledger;
    Arrays.fill(lastOfTid, -1);
  }

  @Override
  public String checkerName() {
    return "conservation";
  }

  @Override
  public void skb(SkBuff skb, SkbEvent event, String where, Context by) {
    switch (event) {
      case ALLOCATED -> skbs.put(skb.id(), by.stack());
      case FREED -> skbs.remove(skb.id());
      case HANDED_OVER -> {
        if (where.startsWith("ieee80211_rx_")) handedUp(skb, by);
      }
      case QUEUED, DEQUEUED, FREED_AGAIN, USED_AFTER_FREE -> {}
    }
  }

  private void handedUp(SkBuff skb, Context by) {
    byte[] bytes = skb.bytes();
    int at = skb.dataOffset();
    if (!QosDataFrame.isQosData(bytes, at, skb.length())) return;
    int number = QosDataFrame.sequenceNumber(bytes, at);
    int tid = QosDataFrame.tid(bytes, at);
    if (!delivered.add(number)) {
      report(FindingKind.FRAME_DUPLICATED, "a frame is given to mac80211 twice", by);
    } else if (number < lastOfTid[tid]) {
      report(FindingKind.FRAME_REORDERED, "a frame overtakes another of its TID", by);
    }
    lastOfTid[tid] = Math.max(lastOfTid[tid], number);
  }

  @Override
  public void accessed(Variable variable, Variable.Access access, Context by) {
    if (!access.isWrite()) return;
    String name = variable.variableName();
    if (name.equals("bus_error")) busDead = true;
    if (!busDead || !name.equals("rx_timestamp")) return;
    // One dispatch may be on its way when the bus dies; the next one had to see it.
    dispatchedDead++;
    if (dispatchedDead == 2) {
      report(FindingKind.MISUSE, DEAD_BUS, by);
    }
  }

  @Override
  public void allocated(Allocation allocation, Gfp gfp, Context by) {
    if (allocation.site().equals(DESCRIPTORS)) descriptors++;
  }

  @Override
  public void freed(Allocation allocation, boolean again, Context by) {
    if (!again && allocation.site().equals(DESCRIPTORS)) descriptors--;
  }

  private void report(FindingKind kind, String message, Context by) {
    Site site = Site.of(message, by);
    String key = kind.id() + ": " + message + " in " + site.function();
    if (findings.stream().anyMatch(f -> f.key().equals(key))) return;
    findings.add(new Finding(kind, message, List.of(site), List.of(), key));
  }

  @Override
  public void ended(RunEnd end) {
    for (String violation : ledger.violations()) {
      findings.add(Finding.of(FindingKind.SEQUENCE, "the card sees a wrong " + violation));
    }
    if (!end.isWhole()) return;
    boolean dead = !ledger.driver().forceCloses().isEmpty();
    balance(dead);
    if (dead) return;
    lost();
    leaked();
  }

  private void balance(boolean dead) {
    DriverAccounts accounts = ledger.driver().accounts();
    account("TX credits (hw_bufs_used)", accounts.hwBufsUsed(), dead);
    for (int i = 0; i < accounts.hwBufsUsedVif().size(); i++) {
      account("hw_bufs_used_vif", accounts.hwBufsUsedVif().get(i), dead);
    }
    for (int pending : accounts.txPending()) account("wsm_tx_pending", pending, dead);
    if (!dead) account("frames that wait to be sent", accounts.queuedFrames(), false);
  }

  private void account(String name, int value, boolean dead) {
    if (value == 0) return;
    String when = dead ? AFTER_DEATH : "";
    String direction = value > 0 ? "stay above zero" : "fall below zero";
    String message = name + " " + direction + when;
    Finding finding =
        new Finding(
            FindingKind.ACCOUNT,
            message,
            List.of(),
            List.of("left at the end: " + value),
            FindingKind.ACCOUNT.id() + ": " + message + (dead ? "" : ledger.circumstances()));
    if (findings.stream().noneMatch(f -> f.key().equals(finding.key()))) findings.add(finding);
  }

  /** Whether every frame that was handed over has come to its end. */
  boolean hasAllFrames() {
    return missing() <= ledger.driver().rxDropped();
  }

  private int missing() {
    int missing = 0;
    for (int frame : ledger.handedOver()) if (!delivered.contains(frame)) missing++;
    return missing;
  }

  private void lost() {
    int missing = missing();
    long counted = ledger.driver().rxDropped();
    if (missing <= counted) return;
    String message = "frames are neither given to mac80211 nor counted as dropped";
    findings.add(
        new Finding(
            FindingKind.FRAME_LOST,
            message,
            List.of(),
            List.of(missing + " of " + ledger.handedOver().size() + ", counted " + counted),
            FindingKind.FRAME_LOST.id() + ": " + message + ledger.circumstances()));
  }

  private void leaked() {
    TreeSet<String> places = new TreeSet<>();
    for (CallNode node : skbs.values()) places.add(driverFunction(node));
    for (String place : places) leak("an skb from " + place);
    if (descriptors > 0) leak("a descriptor from bes2600_sdio_pipe_send");
  }

  /** The innermost function that is the driver's; what it calls says nothing. */
  private static String driverFunction(CallNode node) {
    List<KernelFunction> stack = node.stack();
    return stack.stream()
        .filter(function -> function.module().equals("bes2600"))
        .findFirst()
        .orElse(stack.getFirst())
        .name();
  }

  private void leak(String what) {
    findings.add(Finding.of(FindingKind.LEAK, what + " is never freed" + ledger.circumstances()));
  }

  @Override
  public List<Finding> findings() {
    return List.copyOf(findings);
  }
}
