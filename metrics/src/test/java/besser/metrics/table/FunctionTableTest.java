package besser.metrics.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.metrics.Profile;
import besser.metrics.Quality;
import besser.metrics.Source.Denominator;
import besser.metrics.table.FunctionTable.Function;
import besser.metrics.table.FunctionTable.Row;
import besser.trace.Frame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FunctionTableTest {
  private static Row row(String symbol, String module, long self, long total) {
    return new Row(new Function(symbol, module), self, total);
  }

  @Test
  void addsUpOwnAndCalledTime() {
    Profile profile =
        new Profile()
            .sample("cpu-clock", 1, "a", 10, "main;walk;walk;leaf")
            .sample("cpu-clock", 2, "a", 20, "main;walk;walk")
            .sample("cpu-clock", 3, "a", 5, "main;bes2600`leaf")
            .sample("cpu-clock", 4, "a", 1, "main;bes2600`leaf.isra.0")
            .sample("cpu-clock", 5, "swapper", 100, "do_idle");
    FunctionTable table = FunctionTable.read(profile, Denominator.NON_IDLE);

    assertEquals(
        List.of(
            row("walk", Frame.KERNEL_MODULE, 20, 30),
            row("leaf", Frame.KERNEL_MODULE, 10, 10),
            row("leaf", "[bes2600]", 6, 6),
            row("main", Frame.KERNEL_MODULE, 0, 36)),
        table.rows());
    assertEquals(4, table.samples());
    assertEquals(36, table.weight());
    assertEquals(20.0 / 36, table.selfShare(table.rows().getFirst()));
    assertEquals(1.0, table.totalShare(table.rows().getLast()));
    assertEquals(136, FunctionTable.read(profile, Denominator.ALL).weight());
  }

  @Test
  void countsOneThread() {
    FunctionCounter counter = new FunctionCounter(Denominator.ALL, Optional.of("kworker/*"));
    new Profile()
        .sample(1, "kworker/1:2", "f")
        .sample(2, "bash", "f")
        .lost(3, 5)
        .readSamples(counter);
    assertEquals(1, counter.table().samples());
    assertEquals(new Quality.Lossy(5, 0), counter.table().quality());
  }

  @Test
  void agreesWithAddingUpByHand() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Profile profile = new Profile();
      Map<String, Long> self = new HashMap<>();
      Map<String, Long> total = new HashMap<>();
      for (int i = 0; i < 500; i++) {
        List<String> stack =
            random.ints(1 + random.nextInt(12), 0, 30).mapToObj(f -> "f" + f).toList();
        long period = 1L + random.nextInt(1000);
        profile.sample("cpu-clock", i, "a", period, String.join(";", stack));
        self.merge(stack.getLast(), period, Long::sum);
        stack.stream().distinct().forEach(function -> total.merge(function, period, Long::sum));
      }
      FunctionTable table = FunctionTable.read(profile, Denominator.ALL);
      assertEquals(total.size(), table.rows().size());
      for (Row row : table.rows()) {
        assertEquals(self.getOrDefault(row.function().symbol(), 0L), row.self());
        assertEquals(total.get(row.function().symbol()), row.total());
      }
    }
  }

  @Test
  void comparesSharesOfTwoProfiles() {
    Profile before = new Profile();
    Profile after = new Profile();
    for (int i = 0; i < 100; i++) {
      before.sample(i, "a", i < 20 ? "unlock" : "copy");
      after.sample(i, "a", i < 13 ? "unlock" : i < 92 ? "copy" : "deliver");
    }
    Difference difference =
        Difference.of(
            FunctionTable.read(before, Denominator.ALL).selfCounts(),
            FunctionTable.read(after, Denominator.ALL).selfCounts());

    assertEquals(
        List.of(
            "deliver " + Frame.KERNEL_MODULE,
            "unlock " + Frame.KERNEL_MODULE,
            "copy " + Frame.KERNEL_MODULE),
        difference.growths().stream().map(Difference.Growth::name).toList());
    assertEquals(-0.07, difference.growths().get(1).change(), 1e-12);
    assertEquals(0.13, difference.growths().get(1).after(), 1e-12);
  }
}
