package besser.bes2600.driver;

import besser.bes2600.driver.rx.Direct;
import besser.bes2600.driver.rx.RxHost;
import besser.bes2600.driver.rx.RxPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the driver is built: a receive topology, and the follow-on changes on top of it. Written
 * {@code direct} or {@code direct+list-delivery+ba-lock}. What {@code direct-hardened} changes can
 * be left out one by one, to see what it is for: {@code direct-hardened+no-pad-once}.
 *
 * @param topology who reads the card and who dispatches
 * @param followOns without repetition; kept in the order of {@link FollowOn}
 * @param without the hardenings left out; none for topologies that have none
 */
public record Variant(Topology topology, List<FollowOn> followOns, Set<Hardening> without) {
  private static final String WITHOUT = "no-";

  /** The driver as shipped. */
  public static final Variant RELAY = of(Topology.RELAY);

  /** Patch C, option A. */
  public static final Variant DIRECT = of(Topology.DIRECT);

  public Variant {
    if (followOns.stream().distinct().count() != followOns.size()) {
      throw new IllegalArgumentException("each follow-on can be named once, got " + followOns);
    }
    followOns = followOns.stream().sorted().toList();
    if (topology != Topology.DIRECT_HARDENED && !without.isEmpty()) {
      throw new IllegalArgumentException(topology.id() + " has no hardenings to leave out");
    }
    EnumSet<Hardening> ordered = EnumSet.noneOf(Hardening.class);
    ordered.addAll(without);
    without = Collections.unmodifiableSet(ordered);
  }

  /** A topology with follow-ons on top. */
  public static Variant of(Topology topology, FollowOn... followOns) {
    return new Variant(topology, List.of(followOns), EnumSet.noneOf(Hardening.class));
  }

  /** Whether it has this follow-on. */
  public boolean has(FollowOn followOn) {
    return followOns.contains(followOn);
  }

  /** The name users type, such as {@code direct+ba-lock}. */
  public String id() {
    return Stream.of(
            Stream.of(topology.id()),
            followOns.stream().map(FollowOn::id),
            without.stream().map(hardening -> WITHOUT + hardening.id()))
        .flatMap(words -> words)
        .collect(Collectors.joining("+"));
  }

  /**
   * What is changed beyond the plan: all there is for {@code direct-hardened}, but those left out.
   */
  Set<Hardening> hardenings() {
    EnumSet<Hardening> all = EnumSet.noneOf(Hardening.class);
    if (topology == Topology.DIRECT_HARDENED) all.addAll(EnumSet.allOf(Hardening.class));
    all.removeAll(without);
    return all;
  }

  /** One line on what it is. */
  public String summary() {
    return Stream.of(
            Stream.of(topology.summary()),
            followOns.stream().map(FollowOn::summary),
            without.stream().map(hardening -> "without this: " + hardening.summary()))
        .flatMap(words -> words)
        .collect(Collectors.joining("; "));
  }

  @Override
  public String toString() {
    return id();
  }

  /** Every combination: each topology alone, then with each set of follow-ons. */
  public static List<Variant> all() {
    List<Variant> all = new ArrayList<>();
    for (Topology topology : Topology.values()) {
      List<Variant> onTop = new ArrayList<>(List.of(of(topology)));
      for (FollowOn followOn : FollowOn.values()) {
        for (Variant variant : List.copyOf(onTop)) onTop.add(variant.with(followOn));
      }
      all.addAll(onTop);
    }
    return List.copyOf(all);
  }

  private Variant with(FollowOn followOn) {
    return new Variant(
        topology, Stream.concat(followOns.stream(), Stream.of(followOn)).toList(), without);
  }

  /**
   * The variant with a name.
   *
   * @throws IllegalArgumentException when there is none; the message lists what there is
   */
  public static Variant of(String id) {
    String[] words = id.split("\\+", -1);
    Topology topology = null;
    for (Topology known : Topology.values()) {
      if (known.id().equals(words[0])) topology = known;
    }
    if (topology == null) throw unknown("variant must begin with one of ", topologies(), id);
    List<FollowOn> named = new ArrayList<>();
    Set<Hardening> without = EnumSet.noneOf(Hardening.class);
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      if (word.startsWith(WITHOUT)) {
        without.add(hardening(word.substring(WITHOUT.length()), id));
      } else {
        named.add(followOn(word, id));
      }
    }
    if (named.stream().distinct().count() != named.size()) {
      throw new IllegalArgumentException("variant must name a follow-on once, got " + id);
    }
    return new Variant(topology, named, without);
  }

  private static FollowOn followOn(String word, String id) {
    for (FollowOn known : FollowOn.values()) {
      if (known.id().equals(word)) return known;
    }
    throw unknown("what follows a + in a variant must be one of ", followOnNames(), id);
  }

  private static Hardening hardening(String word, String id) {
    for (Hardening known : Hardening.values()) {
      if (known.id().equals(word)) return known;
    }
    String known =
        Arrays.stream(Hardening.values()).map(Hardening::id).collect(Collectors.joining(", "));
    throw unknown("what follows a +no- in a variant must be one of ", known, id);
  }

  private static IllegalArgumentException unknown(String what, String known, String id) {
    return new IllegalArgumentException(what + known + ", got " + id);
  }

  private static String topologies() {
    return Arrays.stream(Topology.values()).map(Topology::id).collect(Collectors.joining(", "));
  }

  private static String followOnNames() {
    return Arrays.stream(FollowOn.values()).map(FollowOn::id).collect(Collectors.joining(", "));
  }

  static String kebab(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  RxPath rxPath(RxHost host) {
    return without.contains(Hardening.BH_READS_LOOP) ? new Direct(host) : topology.rxPath(host);
  }

  BaStat baStat(Bes2600Common hw) {
    return has(FollowOn.BA_LOCK) ? new AtomicBaStat(hw) : new LockedBaStat(hw);
  }

  RxDelivery delivery(Bes2600Common hw) {
    return has(FollowOn.LIST_DELIVERY) ? new ListDelivery(hw) : new IrqsafeDelivery(hw);
  }

  PsStateLock psStateLock() {
    return has(FollowOn.SKIP_PS_LOCK) ? new PsStateLock.Skipped() : new PsStateLock.Taken();
  }
}
