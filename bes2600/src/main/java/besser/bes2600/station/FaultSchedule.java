package besser.bes2600.station;

import besser.bes2600.environment.FaultKind;
import besser.kernel.machine.Choice;
import besser.kernel.machine.Schedule;
import besser.kernel.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A performance run in which planned faults happen: by time, probability and count. */
final class FaultSchedule implements Schedule {
  private final List<PlannedFault> faults;
  private final long[] left;
  private final RandomStream random;
  private LongSupplier nowNanos = () -> 0;
  private Optional<Long> startNanos = Optional.empty();

  FaultSchedule(List<PlannedFault> faults, long seed) {
    this.faults = List.copyOf(faults);
    this.left = faults.stream().mapToLong(PlannedFault::count).toArray();
    this.random = new RandomStream(seed, "planned faults");
  }

  /** Whose time counts. */
  void follow(LongSupplier clock) {
    nowNanos = clock;
  }

  /** The load begins now: the faults' times are counted from here. */
  void begin() {
    startNanos = Optional.of(nowNanos.getAsLong());
  }

  boolean hasBegun() {
    return startNanos.isPresent();
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  @Override
  public Mode mode() {
    return Mode.TIMED;
  }

  @Override
  public int choose(Choice choice) {
    if (faults.isEmpty() || startNanos.isEmpty()) return 0;
    return switch (choice.kind()) {
      case RUN -> 0;
      case ALLOCATION -> occurs(FaultKind.ALLOCATION_FAILURE.site()) ? 1 : 0;
      case FAULT -> occurs(choice.site()) ? 1 : 0;
    };
  }

  private boolean occurs(String site) {
    long since = nowNanos.getAsLong() - startNanos.orElse(0L);
    for (int i = 0; i < left.length; i++) {
      PlannedFault fault = faults.get(i);
      boolean possible =
          left[i] > 0
              && since >= fault.fromNanos()
              && since < fault.untilNanos()
              && fault.kind().site().equals(site);
      if (possible && random.nextBoolean(fault.probability())) {
        left[i]--;
        return true;
      }
    }
    return false;
  }

  /** Faults that happen once at their time instead of being asked for. */
  List<PlannedFault> events() {
    return faults.stream()
        .filter(f -> f.kind() == FaultKind.FIRMWARE_HANG || f.kind() == FaultKind.ACCESS_POINT_DROP)
        .filter(f -> f.probability() >= 1 || random.nextBoolean(f.probability()))
        .toList();
  }
}
