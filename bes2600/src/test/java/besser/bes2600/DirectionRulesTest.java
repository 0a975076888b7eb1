package besser.bes2600;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which parts of the driver and its card may know which. */
final class DirectionRulesTest {
  @Test
  void theDriverKnowsThePortAloneAndNotTheMachine() {
    noClasses()
        .that()
        .resideInAPackage("besser.bes2600.driver..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("besser.kernel.machine..", "besser.kernel.observe..")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("besser.bes2600"));
  }
}
