package besser.kernel.fiber;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FiberTest {
  private static final class Body {
    final List<String> log = new ArrayList<>();
    final Fiber fiber;

    Body(FiberBackend backend) {
      fiber = Fiber.create(backend, this::outer);
    }

    void outer() {
      log.add("start");
      inner();
      log.add("end");
    }

    void inner() {
      fiber.suspend();
      log.add("resumed");
      fiber.suspend();
    }
  }

  @ParameterizedTest
  @EnumSource
  void suspendsInMidCallAndGoesOnThere(FiberBackend backend) {
    Body body = new Body(backend);
    assertTrue(body.fiber.run());
    assertEquals(List.of("start"), body.log);
    assertTrue(body.fiber.run());
    assertFalse(body.fiber.run());
    assertEquals(List.of("start", "resumed", "end"), body.log);
  }

  @ParameterizedTest
  @EnumSource
  void startsAnewOnceItsBodyHasReturned(FiberBackend backend) {
    Body body = new Body(backend);
    for (int i = 0; i < 2; i++) {
      assertTrue(body.fiber.run());
      assertTrue(body.fiber.run());
      assertFalse(body.fiber.run());
    }
    assertEquals(List.of("start", "resumed", "end", "start", "resumed", "end"), body.log);
  }

  @ParameterizedTest
  @EnumSource
  void startsAnewAfterAFailure(FiberBackend backend) {
    int[] runs = {0};
    Fiber fiber =
        Fiber.create(
            backend,
            () -> {
              if (runs[0]++ == 0) throw new IllegalArgumentException("the first time");
            });
    assertThrows(IllegalArgumentException.class, fiber::run);
    assertFalse(fiber.run());
    assertEquals(2, runs[0]);
  }

  @ParameterizedTest
  @EnumSource
  void throwsWhereItIsRunWhatLeavesTheBody(FiberBackend backend) {
    Fiber fiber =
        Fiber.create(
            backend,
            () -> {
              throw new IllegalArgumentException("from the body");
            });
    assertEquals(
        "from the body", assertThrows(IllegalArgumentException.class, fiber::run).getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void abandoningRunsNoMoreOfTheBody(FiberBackend backend) {
    Body body = new Body(backend);
    body.fiber.run();
    body.fiber.abandon();
    assertEquals(List.of("start"), body.log);
  }

  @Test
  void prefersContinuationsWhereTheJvmExportsThem() {
    assertEquals(FiberBackend.CONTINUATION, FiberBackend.fastest());
  }
}
