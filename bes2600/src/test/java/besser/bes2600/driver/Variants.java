package besser.bes2600.driver;

import java.util.List;

/** Sets of variants for tests. */
public final class Variants {
  private Variants() {}

  /** Each topology that does all that the driver does, and each follow-on. */
  public static List<Variant> whole() {
    return List.of(
        Variant.RELAY,
        Variant.DIRECT,
        Variant.of(Topology.DIRECT_HARDENED),
        Variant.of(Topology.BOTTOM_HALF),
        Variant.of(Topology.RELAY, FollowOn.LIST_DELIVERY),
        Variant.of(Topology.DIRECT, FollowOn.LIST_DELIVERY),
        Variant.of(Topology.DIRECT, FollowOn.BA_LOCK),
        Variant.of(Topology.DIRECT, FollowOn.SKIP_PS_LOCK),
        Variant.of(Topology.BOTTOM_HALF, FollowOn.values()));
  }
}
