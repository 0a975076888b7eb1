package besser.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which parts of the simulated kernel may know which. */
final class DirectionRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("besser.kernel");

  @Test
  void thePortKnowsNoImplementation() {
    noClasses()
        .that()
        .resideInAPackage("besser.kernel")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "besser.kernel.machine..",
            "besser.kernel.observe..",
            "besser.kernel.fiber..",
            "besser.kernel.event..",
            "besser.kernel.random..")
        .check(CLASSES);
  }

  @Test
  void observersAndTracesDoNotKnowTheMachine() {
    noClasses()
        .that()
        .resideInAPackage("besser.kernel.observe..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "besser.kernel.machine..", "besser.kernel.mmc..", "besser.kernel.inet..")
        .check(CLASSES);
  }

  @Test
  void theMachineKnowsNoSubsystemBuiltOnIt() {
    noClasses()
        .that()
        .resideInAPackage("besser.kernel.machine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "besser.kernel.mmc..",
            "besser.kernel.mac80211..",
            "besser.kernel.inet..",
            "besser.kernel.background..")
        .check(CLASSES);
  }

  @Test
  void fibersEventsAndRandomNumbersKnowNoKernel() {
    for (String foundation : List.of("fiber", "event", "random")) {
      noClasses()
          .that()
          .resideInAPackage("besser.kernel." + foundation)
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are besser's, elsewhere",
                  c ->
                      c.getPackageName().startsWith("besser")
                          && !c.getPackageName().equals("besser.kernel." + foundation)))
          .check(CLASSES);
    }
  }

  @Test
  void theKernelKnowsNothingElseOfOurs() {
    noClasses()
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are besser's, outside the kernel",
                c ->
                    c.getPackageName().startsWith("besser.")
                        && !c.getPackageName().startsWith("besser.kernel")))
        .check(CLASSES);
  }
}
