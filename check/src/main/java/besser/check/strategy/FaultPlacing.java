package besser.check.strategy;

import besser.kernel.machine.Choice;
import besser.kernel.machine.Schedule;
import besser.kernel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Places one to three faults in each run of another strategy: which sort is drawn first and its
 * occasion second, so that what is possible once is placed as often as what is possible at every
 * frame. An occasion is a number, as in Linux's {@code fail-nth}
 * (Documentation/fault-injection/fault-injection.rst): it can be named and repeated.
 *
 * <p>Sorts of fault are the sites that an undisturbed run was asked about: failing allocations, and
 * what the program's devices ask (lost interrupts, errors on the bus, delays, resets).
 */
public final class FaultPlacing implements Strategy {
  private static final int MAX_FAULTS = 3;

  private final Strategy schedules;
  private final List<String> sites;

  /** Faults over the schedules of another strategy. */
  public FaultPlacing(Strategy schedules) {
    this(schedules, List.of());
  }

  /**
   * These sorts of fault in every run, once for each time they are named, at occasions that are
   * drawn: what a finding that needs them is tried again with elsewhere.
   */
  public FaultPlacing(Strategy schedules, List<String> sites) {
    this.schedules = schedules;
    this.sites = List.copyOf(sites);
  }

  @Override
  public String name() {
    return schedules instanceof Undisturbed ? "faults" : "faults+" + schedules.name();
  }

  @Override
  public String summary() {
    return "one to three faults, by sort and occasion (fail-nth), over " + schedules.name();
  }

  @Override
  public ScheduleFeed feed(long seed, RunShape shape) {
    ScheduleFeed inner = schedules.feed(seed, shape);
    return new Feed(inner, Seeds.derive(seed, -2), shape.faultOccasions(), sites);
  }

  private static final class Feed implements ScheduleFeed {
    private final ScheduleFeed inner;
    private final long seed;
    private final SortedMap<String, Integer> occasions;
    private final List<String> known;
    private final List<String> given;
    private long index;

    Feed(ScheduleFeed inner, long seed, SortedMap<String, Integer> occasions, List<String> given) {
      this.inner = inner;
      this.seed = seed;
      this.occasions = occasions;
      this.known = List.copyOf(occasions.keySet());
      this.given = given;
    }

    @Override
    public List<Schedule> next(int limit) {
      List<Schedule> schedules = new ArrayList<>(limit);
      for (Schedule schedule : inner.next(limit)) {
        RandomStream random = new RandomStream(Seeds.derive(seed, index++), "faults");
        boolean none = known.isEmpty() && given.isEmpty();
        schedules.add(none ? schedule : new Faulty(schedule, placed(random)));
      }
      return schedules;
    }

    private List<Placed> placed(RandomStream random) {
      int count = given.isEmpty() ? 1 + random.nextInt(MAX_FAULTS) : given.size();
      List<Placed> placed = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        String site = given.isEmpty() ? known.get(random.nextInt(known.size())) : given.get(i);
        int undisturbed = occasions.getOrDefault(site, 1);
        // Other schedules have other numbers of occasions: a few more than the undisturbed run's.
        placed.add(new Placed(site, random.nextInt(undisturbed + 1 + undisturbed / 4)));
      }
      return placed;
    }

    @Override
    public void batchDone() {
      inner.batchDone();
    }
  }

  private static final class Placed {
    private final String site;
    private int left;

    Placed(String site, int occasion) {
      this.site = site;
      this.left = occasion;
    }

    boolean isNow(String asked) {
      return site.equals(asked) && left-- == 0;
    }
  }

  private static final class Faulty implements Schedule {
    private final Schedule inner;
    private final List<Placed> faults;

    Faulty(Schedule inner, List<Placed> faults) {
      this.inner = inner;
      this.faults = faults;
    }

    @Override
    public Mode mode() {
      return inner.mode();
    }

    @Override
    public int choose(Choice choice) {
      if (choice.kind() == Choice.Kind.RUN) return inner.choose(choice);
      int answer = 0;
      for (Placed fault : faults) {
        if (fault.isNow(choice.site())) answer = 1;
      }
      return answer;
    }
  }
}
