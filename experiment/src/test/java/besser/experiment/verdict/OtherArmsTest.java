package besser.experiment.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OtherArmsTest {
  @Test
  void aFurtherVariantIsJudgedAsThePatchedArmIsAndDecidesNothing() {
    Verdict two = new Scene().verdict();
    Verdict four = new Scene().other("bottom-half").other("direct+ba-lock").verdict();
    assertEquals(two.decision(), four.decision());
    assertEquals(two.findings(), four.findings());
    assertEquals(List.of(), two.others());
    assertEquals(
        List.of("bottom-half", "direct+ba-lock"),
        four.others().stream().map(Verdict.OtherArm::variant).toList());
    Verdict.OtherArm other = four.others().getFirst();
    assertEquals(four.comparisons(), other.comparisons());
    assertEquals(four.goal().met(), other.goalMet());
    assertEquals(
        four.predictions().stream().map(p -> p.claim().result()).toList(),
        other.predictions().stream().map(Verdict.OtherResult::result).toList());
  }
}
