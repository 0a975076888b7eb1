package besser.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.metrics.Capture;
import besser.metrics.Figure;
import besser.metrics.MetricDefinition;
import besser.metrics.Profile;
import besser.metrics.Quality;
import besser.metrics.Source;
import besser.metrics.Source.Denominator;
import besser.metrics.Source.Per;
import besser.metrics.Source.SampleMatch;
import besser.metrics.Unit;
import besser.metrics.Window;
import besser.metrics.WindowFigures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SampleShareTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String UNLOCK = "_raw_spin_unlock_irqrestore";
  private static final List<Window> STEP = List.of(new Window("step", 0, Duration.ofSeconds(2)));

  /** Ten samples: four idle, three of them in unlock; two of the rx thread. */
  private static Profile profile() {
    return new Profile()
        .sample(1, "swapper", "cpu_startup_entry;do_idle;cpuidle_enter")
        .sample(2, "swapper", "cpu_startup_entry;do_idle;cpuidle_enter")
        .sample(3, "swapper", "cpu_startup_entry;do_idle;cpuidle_enter")
        .sample(4, "swapper", "cpu_startup_entry;do_idle;" + UNLOCK)
        .sample(5, "kworker/0:1", "bes2600`sdio_rx_work;bes2600`wsm_handle_rx;" + UNLOCK)
        .sample(6, "kworker/0:1", "bes2600`sdio_rx_work;bes2600`wsm_handle_rx.isra.0")
        .sample(SECOND, "bash", "do_syscall;sdio_tx_work;" + UNLOCK)
        .sample(SECOND + 1, "bash", "do_syscall;vfs_read")
        .sample(SECOND + 2, "bash", "do_syscall;vfs_read")
        .sample(SECOND + 3, "bash", "wsm_handle_rx;sdio_rx_work");
  }

  private static WindowFigures measure(Profile profile, Source source, Unit unit) {
    Measurement measurement =
        Instruments.of(List.of(new MetricDefinition("share", unit, source))).measure(STEP);
    measurement.read(profile);
    return measurement.figures().getFirst();
  }

  private static Figure share(SampleMatch match, String name, Denominator of) {
    return measure(profile(), new Source.SampleShare(match, name, of), Unit.PERCENT)
        .figures()
        .getFirst();
  }

  @Test
  void takesTheShareOfWhatIsNamed() {
    Figure ofAll = share(SampleMatch.SYMBOL, UNLOCK, Denominator.ALL);
    assertEquals(30, ofAll.value().orElseThrow(), 1e-9);
    assertEquals(10, ofAll.weight());

    Figure ofBusy = share(SampleMatch.SYMBOL, UNLOCK, Denominator.NON_IDLE);
    assertEquals(200.0 / 6, ofBusy.value().orElseThrow(), 1e-9);
    assertEquals(6, ofBusy.weight());
  }

  @Test
  void countsOneThreadAboveAndBelowTheLine() {
    Source source =
        new Source.SampleShare(
            SampleMatch.SYMBOL, UNLOCK, Denominator.ALL, Optional.of("kworker/*"));
    Figure figure = measure(profile(), source, Unit.PERCENT).figures().getFirst();
    assertEquals(50, figure.value().orElseThrow(), 1e-9);
    assertEquals(2, figure.weight());
  }

  @Test
  void namesModulesWithAndWithoutBrackets() {
    assertEquals(10, share(SampleMatch.MODULE, "bes2600", Denominator.ALL).value().orElseThrow());
    assertEquals(10, share(SampleMatch.MODULE, "[bes2600]", Denominator.ALL).value().orElseThrow());
    assertEquals(
        90, share(SampleMatch.MODULE, "vmlinux", Denominator.ALL).value().orElseThrow(), 1e-9);
  }

  @Test
  void ignoresWhatCompilersAppendToAName() {
    assertEquals(
        10, share(SampleMatch.SYMBOL, "wsm_handle_rx", Denominator.ALL).value().orElseThrow());
  }

  @Test
  void matchesChainsInTheOrderFromTheRoot() {
    assertEquals(
        20,
        share(SampleMatch.CHAIN, "sdio_rx_work;wsm_handle_rx", Denominator.ALL)
            .value()
            .orElseThrow(),
        1e-9);
    assertEquals(
        20,
        share(SampleMatch.CHAIN, "sdio_*x_work;" + UNLOCK, Denominator.ALL).value().orElseThrow(),
        1e-9);
    assertEquals(
        30, share(SampleMatch.CHAIN, "wsm_handle_rx", Denominator.ALL).value().orElseThrow(), 1e-9);
  }

  @Test
  void weighsBySamplingPeriodAndLeavesTracepointsOut() {
    Profile profile =
        new Profile()
            .sample("cycles:P", 1, "a", 300, "f")
            .sample("cycles:P", 2, "a", 100, "g")
            .sample("sched:sched_switch", 3, "a", 1, "f")
            .sample("instructions", 4, "a", 1000, "f");
    Source source = new Source.SampleShare(SampleMatch.SYMBOL, "f", Denominator.ALL);
    Figure figure = measure(profile, source, Unit.PERCENT).figures().getFirst();
    assertEquals(75, figure.value().orElseThrow(), 1e-9);
    assertEquals(2, figure.weight());
  }

  @Test
  void givesASecondWithoutSamplesNoShare() {
    WindowFigures figures =
        measure(
            new Profile().sample(SECOND + 5, "a", "f"),
            new Source.SampleShare(SampleMatch.SYMBOL, "f", Denominator.ALL),
            Unit.PERCENT);
    assertArrayEquals(
        new double[] {Double.NaN, 100}, figures.findSeries("share").orElseThrow().values());
  }

  @Test
  void turnsClockSamplesIntoTime() {
    Source perSecond = new Source.CpuTime(SampleMatch.CHAIN, "sdio_rx_work", Per.SECOND);
    // three samples of a millisecond in two seconds
    assertEquals(
        0.15,
        measure(profile(), perSecond, Unit.PERCENT).figures().getFirst().value().orElseThrow(),
        1e-9);

    Source perFrame = new Source.CpuTime(SampleMatch.CHAIN, "sdio_rx_work", Per.FRAME);
    Measurement measurement =
        Instruments.of(List.of(new MetricDefinition("cost", Unit.MICROSECONDS, perFrame)))
            .measure(STEP);
    measurement.read(profile());
    Capture frames = new Capture().format("kprobe", "ieee80211_rx_irqsafe", "pointer __probe_ip");
    for (int i = 0; i < 6; i++) {
      frames.event(i, 0, "a-1", "kprobe:ieee80211_rx_irqsafe");
    }
    measurement.read(frames);
    Figure figure = measurement.figures().getFirst().figures().getFirst();
    assertEquals(500, figure.value().orElseThrow(), 1e-9);
  }

  @Test
  void givesNoTimeForCycles() {
    Figure figure =
        measure(
                new Profile().sample("cycles", 1, "a", 300, "f"),
                new Source.CpuTime(SampleMatch.SYMBOL, "f", Per.SECOND),
                Unit.PERCENT)
            .figures()
            .getFirst();
    assertEquals(
        new Quality.Missing("samples of cycles stand for no time: sample cpu-clock"),
        figure.quality());
  }

  @Test
  void saysHowManySamplesWereLost() {
    Figure figure =
        measure(
                profile().lost(SECOND + 10, 4),
                new Source.SampleShare(SampleMatch.SYMBOL, "f", Denominator.ALL),
                Unit.PERCENT)
            .figures()
            .getFirst();
    assertEquals(new Quality.Lossy(4, 0), figure.quality());
  }
}
