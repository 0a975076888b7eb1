package besser.bes2600;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Simulated code must give the same run everywhere: no clocks of the host, no shared or unseeded
 * random numbers, no order that depends on hashes or threads, no arithmetic that differs between
 * machines. Looked for in the bytecode of the simulated kernel and of the driver on it.
 */
final class DeterminismRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("besser.kernel", "besser.bes2600");

  /** What nobody may call: owner, then methods. */
  private static final List<Pattern> BANNED =
      List.of(
          Pattern.compile("java\\.lang\\.System\\.(nanoTime|currentTimeMillis|identityHashCode)"),
          Pattern.compile("java\\.lang\\.Thread\\.(sleep|yield|onSpinWait)"),
          Pattern.compile(
              "java\\.lang\\.Math\\.(random|sin|cos|tan|asin|acos|atan|atan2|exp|expm1)"),
          Pattern.compile("java\\.lang\\.Math\\.(log|log10|log1p|pow|cbrt|sinh|cosh|tanh|hypot)"),
          Pattern.compile("java\\.util\\.(Random|SplittableRandom|UUID|Timer)\\..*"),
          Pattern.compile("java\\.util\\.random\\..*"),
          Pattern.compile("java\\.util\\.concurrent\\.ThreadLocalRandom\\..*"),
          Pattern.compile("java\\.util\\.concurrent\\.locks\\.LockSupport\\.(parkNanos|parkUntil)"),
          Pattern.compile("java\\.util\\.concurrent\\.Execut.*"),
          Pattern.compile("java\\.util\\.concurrent\\.ForkJoinPool\\..*"),
          Pattern.compile("java\\.time\\..*\\.now"),
          Pattern.compile("java\\.time\\.Clock\\..*"),
          Pattern.compile("java\\.util\\.Collection\\.parallelStream"),
          Pattern.compile("java\\.util\\.stream\\..*\\.parallel"));

  /** Whose order of iteration depends on hashes or on the JVM's start. */
  private static final List<Pattern> UNORDERED =
      List.of(
          Pattern.compile("java\\.util\\.(HashMap|HashSet|IdentityHashMap|WeakHashMap)\\.<init>"),
          Pattern.compile("java\\.util\\.concurrent\\.Concurrent(HashMap|SkipListMap)\\.<init>"),
          Pattern.compile("java\\.util\\.(Set|Map)\\.(of|copyOf|ofEntries)"),
          Pattern.compile("java\\.util\\.stream\\.Collectors\\.(toSet|toMap|groupingBy).*"),
          Pattern.compile("java\\.util\\.stream\\.Collectors\\.toUnmodifiable(Set|Map)"));

  /** Classes that look things up by key in a hash table and never go through it. */
  private static final List<String> LOOKUPS_ONLY =
      List.of(
          "besser.bes2600.ops.OperationCounter",
          "besser.kernel.KernelFunction",
          "besser.kernel.observe.Symbols",
          "besser.kernel.random.Distribution");

  private static DescribedPredicate<JavaAccess<?>> matches(List<Pattern> patterns) {
    return DescribedPredicate.describe(
        "one of " + patterns,
        access -> {
          String target =
              access.getTargetOwner().getFullName() + "." + access.getTarget().getName();
          return patterns.stream().anyMatch(pattern -> pattern.matcher(target).matches());
        });
  }

  private static ArchRule nobodyAccesses(List<Pattern> patterns) {
    return noClasses().should().accessTargetWhere(matches(patterns));
  }

  @Test
  void simulatedCodeCallsNothingThatDiffersBetweenRuns() {
    assertTrue(CLASSES.size() > 200, "found only " + CLASSES.size() + " classes");
    nobodyAccesses(BANNED).check(CLASSES);
  }

  @Test
  void collectionsWithoutAnOrderAreOnlyLookedUpIn() {
    noClasses()
        .that(DescribedPredicate.describe("may iterate", c -> !LOOKUPS_ONLY.contains(outermost(c))))
        .should()
        .accessTargetWhere(matches(UNORDERED))
        .check(CLASSES);
  }

  private static String outermost(JavaClass found) {
    String name = found.getName();
    int dollar = name.indexOf('$');
    return dollar < 0 ? name : name.substring(0, dollar);
  }

  @Test
  void nothingSynchronizes() {
    List<String> found =
        CLASSES.stream()
            .flatMap(c -> c.getMethods().stream())
            .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
            .map(method -> method.getFullName())
            .toList();
    assertTrue(found.isEmpty(), "synchronized: " + found);
  }

  /** What the rules are to find. */
  static final class Offender {
    private Offender() {}

    static long hostTime() {
      return System.nanoTime();
    }

    static int order() {
      return new java.util.HashMap<String, String>().size();
    }
  }

  @Test
  void theRulesSeeAnOffender() {
    JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
    assertThrows(AssertionError.class, () -> nobodyAccesses(BANNED).check(offender));
    assertThrows(AssertionError.class, () -> nobodyAccesses(UNORDERED).check(offender));
  }
}
