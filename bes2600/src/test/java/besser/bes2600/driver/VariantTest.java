package besser.bes2600.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VariantTest {
  @Test
  void everyVariantIsReadFromItsName() {
    for (Variant variant : Variant.all()) assertEquals(variant, Variant.of(variant.id()));
    assertEquals(
        Topology.values().length << FollowOn.values().length,
        Variant.all().stream().map(Variant::id).collect(Collectors.toSet()).size());
  }

  @Test
  void followOnsAreKeptInOneOrder() {
    Variant variant = Variant.of("direct+skip-ps-lock+list-delivery");
    assertEquals("direct+list-delivery+skip-ps-lock", variant.id());
    assertEquals(List.of(FollowOn.LIST_DELIVERY, FollowOn.SKIP_PS_LOCK), variant.followOns());
  }

  @Test
  void eachHardeningCanBeLeftOut() {
    for (Hardening hardening : Hardening.values()) {
      Variant variant = Variant.of("direct-hardened+no-" + hardening.id());
      assertEquals(EnumSet.complementOf(EnumSet.of(hardening)), variant.hardenings());
      assertEquals(variant, Variant.of(variant.id()));
    }
    assertEquals(Set.of(), Variant.DIRECT.hardenings());
    assertEquals(Set.of(), Variant.RELAY.hardenings());
  }

  @Test
  void refusesWhatIsNoVariantAndSaysWhatIs() {
    assertEquals(
        "variant must begin with one of relay, direct-sketch, direct, direct-hardened, bottom-half,"
            + " got list",
        refusal("list"));
    assertEquals(
        "what follows a + in a variant must be one of list-delivery, ba-lock, skip-ps-lock,"
            + " got relay+direct",
        refusal("relay+direct"));
    assertEquals(
        "variant must name a follow-on once, got relay+ba-lock+ba-lock",
        refusal("relay+ba-lock+ba-lock"));
    assertEquals(
        "direct has no hardenings to leave out", refusal("direct+no-" + Hardening.NO_WARN.id()));
    assertTrue(refusal("direct-hardened+no-thing").startsWith("what follows a +no- in a variant"));
    refusal("");
    refusal("direct+");
  }

  private static String refusal(String id) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Variant.of(id));
    return String.valueOf(refused.getMessage());
  }
}
