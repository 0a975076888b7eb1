package besser.kernel.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.SharedInt;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ObserverPairTest {
  /** Says its name whenever it is told of an access. */
  private static class Named implements Observer {
    private final String name;
    private final List<String> told;

    Named(String name, List<String> told) {
      this.name = name;
      this.told = told;
    }

    @Override
    public void accessed(Variable variable, Variable.Access access, Context by) {
      told.add(name);
    }
  }

  private static final class Inheriting extends Named {
    Inheriting(String name, List<String> told) {
      super(name, told);
    }
  }

  private static final class Deaf implements Observer {}

  @Test
  void onlyThoseWhoDoSomethingAreListeners() {
    assertFalse(Hearing.ACCESSED.isHeardBy(new Deaf()));
    assertTrue(Hearing.ACCESSED.isHeardBy(new Named("a", new ArrayList<>())));
    assertTrue(Hearing.ACCESSED.isHeardBy(new Inheriting("a", new ArrayList<>())));
    assertFalse(Hearing.RELEASED.isHeardBy(new Inheriting("a", new ArrayList<>())));
  }

  @Test
  void allAreToldInTheirOrderHoweverTheyAreJoined() {
    List<String> told = new ArrayList<>();
    Observer left = new Named("a", told).and(new Deaf()).and(new Inheriting("b", told));
    Observer all = left.and(new Deaf().and(new Named("c", told)));
    try (Machine machine = new Machine(MachineConfig.still())) {
      machine.observe(all);
      SharedInt counter = machine.kernel().sharedInt("counter", 0);
      machine.boot(() -> counter.set(1));
      machine.runUntilIdle();
    }
    assertEquals(List.of("a", "b", "c"), told);
  }
}
