package besser.experiment.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import besser.experiment.json.Json;
import besser.experiment.json.Schema;
import besser.experiment.plan.Arm;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictJsonTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/besser/experiment/verdict/verdict.json");

  private static Verdict eventful() {
    return new Scene()
        .death(Arm.BASELINE, 3, Scene.TOP, 540.25)
        .invalid(Arm.PATCHED, 2, new Outcome.EventsLost("cpu1", 37))
        .unmeasured("cpu_busy")
        .ratio("sched_wakeup", Scene.TOP, 0.6)
        .patched("bh_wakes_for_rx", Scene.TOP, 210, 211, 212)
        .verdict();
  }

  @Test
  void writesTheGoldenFile() throws IOException {
    String json = Json.page(eventful());
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, json);
      fail("rewrote " + GOLDEN);
    }
    assertEquals(Files.readString(GOLDEN), json);
  }

  @Test
  void readsBackWhatItWrote() {
    Verdict verdict = eventful();
    assertEquals(verdict, Json.read(Json.page(verdict), Verdict.class));
    Verdict proceeding = new Scene().measuredOnDevice().everyGateSatisfied().verdict();
    assertEquals(proceeding, Json.read(Json.page(proceeding), Verdict.class));
  }

  @Test
  void fitsItsSchema() {
    for (Verdict verdict :
        List.of(
            eventful(),
            new Scene().verdict(),
            new Scene().repetitions(1).verdict(),
            new Scene().measuredOnDevice().everyGateSatisfied().verdict())) {
      Set<ValidationMessage> problems =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(Schema.VERDICT.text())
              .validate(Json.page(verdict), InputFormat.JSON);
      assertTrue(problems.isEmpty(), problems::toString);
    }
  }

  @Test
  void differsWithTheFigures() {
    String one = Json.page(new Scene().verdict());
    String other = Json.page(new Scene().ratio("irq_rate", "1MBps", 1.001).verdict());
    assertNotEquals(one, other);
    assertEquals(one, Json.page(new Scene().verdict()));
  }

  @Test
  void refusesAnotherVersionAndMissingParts() {
    String json = Json.page(new Scene().verdict());
    assertThrows(
        Json.Malformed.class,
        () -> Json.read(json.replace("\"schema\" : 1,", "\"schema\" : 2,"), Verdict.class));
    assertThrows(
        Json.Malformed.class,
        () -> Json.read(json.replaceFirst("\"sentence\" : .*\n", ""), Verdict.class));
    assertThrows(Json.Malformed.class, () -> Json.read(json + "x", Verdict.class));
  }

  @Test
  void anOutcomeReadsBackWithEverythingThatSpeaksAgainstIt() {
    Outcome outcome =
        new Scene()
            .death(Arm.PATCHED, 1, Scene.TOP, 3)
            .invalid(Arm.PATCHED, 2, new Outcome.OfferedRateMissed(4e6, 3.1e6))
            .invalid(Arm.BASELINE, 1, new Outcome.WrongModule("1B3B3ED0", "77AA"))
            .invalid(Arm.BASELINE, 2, new Outcome.ClockJumped(3.25))
            .invalid(Arm.BASELINE, 3, new Outcome.Throttled("cpu0 at 408 MHz"))
            .invalid(Arm.PATCHED, 3, new Outcome.Interrupted("operator"))
            .outcome();
    assertEquals(outcome, Json.read(Json.page(outcome), Outcome.class));
  }
}
