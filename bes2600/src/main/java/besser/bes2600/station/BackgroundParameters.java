package besser.bes2600.station;

import besser.kernel.KernelFunction;
import besser.kernel.background.BackgroundSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What else the device does: the kernel's own housekeeping and a desktop. How long each takes is a
 * cost of {@code vmstat_update} and {@code desktop_main}.
 *
 * @param workItemsPerSecond work items of other subsystems, 0 to 5000
 * @param desktopWakeupsPerSecond how often user space runs, 0 to 5000
 */
public record BackgroundParameters(double workItemsPerSecond, double desktopWakeupsPerSecond) {
  private static final KernelFunction HOUSEKEEPING = KernelFunction.vmlinux("vmstat_update");
  private static final KernelFunction DESKTOP = KernelFunction.of("desktop", "desktop_main");

  public BackgroundParameters {
    require("work items", workItemsPerSecond);
    require("desktop wake-ups", desktopWakeupsPerSecond);
  }

  private static void require(String what, double perSecond) {
    if (!(perSecond >= 0 && perSecond <= 5000)) {
      throw new IllegalArgumentException(what + " must be in 0..5000 per s, got " + perSecond);
    }
  }

  /** One source of each kind, on the last two CPUs. */
  List<BackgroundSource> sources(int cpus) {
    List<BackgroundSource> sources = new ArrayList<>();
    if (workItemsPerSecond > 0) {
      sources.add(
          new BackgroundSource(
              BackgroundSource.Kind.WORK, HOUSEKEEPING, workItemsPerSecond, cpus - 1));
    }
    if (desktopWakeupsPerSecond > 0) {
      sources.add(
          new BackgroundSource(
              BackgroundSource.Kind.PROGRAM,
              DESKTOP,
              desktopWakeupsPerSecond,
              Math.max(0, cpus - 2)));
    }
    return sources;
  }
}
