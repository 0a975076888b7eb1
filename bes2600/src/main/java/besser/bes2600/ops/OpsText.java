package besser.bes2600.ops;

import besser.bes2600.ops.OpsReport.VariantOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** An {@link OpsReport} as text for a terminal: one row a figure, one pair of columns a variant. */
public final class OpsText {
  private static final int NAME_WIDTH = 34;
  private static final int VALUE_WIDTH = 9;
  private static final int PER_FRAME_WIDTH = 9;

  private final OpsReport report;
  private final StringBuilder text = new StringBuilder();

  private OpsText(OpsReport report) {
    this.report = report;
  }

  /** The figures of all variants side by side, per batch and per frame. */
  public static String figures(OpsReport report) {
    OpsText renderer = new OpsText(report);
    renderer.heading();
    renderer.locks();
    renderer.handOvers();
    renderer.bus();
    renderer.memory();
    renderer.lockClasses();
    return renderer.text.toString();
  }

  /** Every event of each variant, in order. */
  public static String order(OpsReport report) {
    StringBuilder text = new StringBuilder();
    for (VariantOps variant : report.variants()) {
      text.append(variant.variant()).append('\n');
      int number = 0;
      for (OrderedStep step : variant.steps()) {
        number++;
        text.append("%4d  %-8s %s%n".formatted(number, step.context(), step.what()));
      }
      text.append('\n');
    }
    return text.toString().replace("\r\n", "\n");
  }

  private void heading() {
    text.append("one transfer of ").append(report.frames());
    text.append(report.frames() == 1 ? " frame, " : " frames, ");
    text.append(report.outstanding()).append(" outstanding\n\n");
    StringBuilder line = new StringBuilder(" ".repeat(NAME_WIDTH));
    for (VariantOps variant : report.variants()) {
      line.append(pad(variant.variant(), width(variant))).append(pad("/frame", PER_FRAME_WIDTH));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private void locks() {
    row("spin_lock", o -> o.locks().plain());
    row("spin_lock_irqsave", o -> o.locks().irqsave());
    row("spin_lock_bh", o -> o.locks().bh());
    row("spin locks in all", o -> o.locks().total());
    row("bh_wq's own lock", o -> o.locks().bhWq());
    row("mutex_lock", o -> o.locks().mutexes());
    row("atomic read-modify-write", Operations::atomicUpdates);
    gap();
  }

  private void handOvers() {
    row("queue_work(rx_work)", o -> o.queueing().rxWork());
    row("  of them new", o -> o.queueing().rxWorkNew());
    row("wake_up(bh_wq)", o -> o.wakes().bh());
    row("wake_up(bh_evt_wq)", o -> o.wakes().evt());
    row("contexts that began to run", Operations::contexts);
    row("attempts to send", Operations::txAttempts);
    gap();
  }

  private void bus() {
    row("CMD52 reads", o -> o.bus().cmd52Reads());
    row("CMD53 reads", o -> o.bus().cmd53Reads());
    row("host claims", o -> o.bus().claims());
    gap();
  }

  private void memory() {
    row("skbs allocated", o -> o.memory().skbs());
    row("12288-byte dumps", o -> o.memory().dumps());
    row("512-byte pads", o -> o.memory().pads());
    row("frames to mac80211", Operations::delivered);
    row("tasklet in ba_lock's unlock", o -> o.softirqs().baUnlock());
    row("tasklet in ps_state_lock's unlock", o -> o.softirqs().psUnlock());
    row("tasklet elsewhere", o -> o.softirqs().elsewhere());
    gap();
  }

  private void lockClasses() {
    TreeSet<String> classes = new TreeSet<>();
    for (VariantOps variant : report.variants()) {
      classes.addAll(variant.operations().locks().byClass().keySet());
    }
    for (String lockClass : classes) {
      row(lockClass, o -> o.locks().byClass().getOrDefault(lockClass, 0));
    }
  }

  private void gap() {
    text.append('\n');
  }

  private void row(String name, ToIntFunction<Operations> figure) {
    List<String> cells = new ArrayList<>();
    for (VariantOps variant : report.variants()) {
      int value = figure.applyAsInt(variant.operations());
      double perFrame = (double) value / report.frames();
      cells.add(pad(Integer.toString(value), width(variant)));
      cells.add(pad(String.format(Locale.ROOT, "%.1f", perFrame), PER_FRAME_WIDTH));
    }
    text.append(name).append(" ".repeat(Math.max(1, NAME_WIDTH - name.length())));
    text.append(String.join("", cells)).append('\n');
  }

  private static int width(VariantOps variant) {
    return Math.max(VALUE_WIDTH, variant.variant().length() + 2);
  }

  private static String pad(String value, int width) {
    return " ".repeat(Math.max(1, width - value.length())) + value;
  }
}
