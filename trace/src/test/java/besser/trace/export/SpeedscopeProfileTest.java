package besser.trace.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpeedscopeProfileTest {
  @Test
  void writesAProfilePerThreadWithRunsJoined() throws IOException {
    SpeedscopeProfile profile = new SpeedscopeProfile("a \"name\"\n", Weight.PERIOD);
    profile.sample(StubSample.of(8, "app", 1, StubSample.MAIN));
    profile.sample(StubSample.of(7, "kworker", 2, StubSample.RX_WORK, StubSample.WORKER));
    profile.sample(StubSample.of(7, "kworker", 3, StubSample.RX_WORK, StubSample.WORKER));
    profile.sample(StubSample.of(7, "kworker", 4, StubSample.WORKER));

    JsonNode file = written(profile);
    assertSpecified(file);
    assertEquals("a \"name\"\n", file.get("name").asText());
    assertEquals(2, file.get("profiles").size());
    JsonNode busiest = file.get("profiles").get(0);
    assertEquals("kworker 7 cpu-clock", busiest.get("name").asText());
    assertEquals("nanoseconds", busiest.get("unit").asText());
    assertEquals("[500000,250000]", busiest.get("weights").toString());
    JsonNode frames = file.get("shared").get("frames");
    JsonNode stack = busiest.get("samples").get(0);
    assertEquals("worker_thread", frames.get(stack.get(0).asInt()).get("name").asText());
    assertEquals("rx_work", frames.get(stack.get(1).asInt()).get("name").asText());
    assertEquals("[bes2600]", frames.get(stack.get(1).asInt()).get("file").asText());
  }

  @Test
  void writesAnEmptyProfile() throws IOException {
    JsonNode file = written(new SpeedscopeProfile("empty", Weight.SAMPLES));

    assertEquals(0, file.get("profiles").size());
  }

  private static JsonNode written(SpeedscopeProfile profile) throws IOException {
    StringWriter text = new StringWriter();
    profile.writeTo(text);
    return new ObjectMapper().readTree(text.toString());
  }

  /** What {@code file-format-spec.ts} of speedscope demands. */
  static void assertSpecified(JsonNode file) {
    assertEquals(
        "https://www.speedscope.app/file-format-schema.json", file.get("$schema").asText());
    int frameCount = file.get("shared").get("frames").size();
    for (JsonNode frame : file.get("shared").get("frames")) {
      assertTrue(frame.get("name").isTextual());
    }
    Set<String> units =
        Set.of("none", "nanoseconds", "microseconds", "milliseconds", "seconds", "bytes");
    for (JsonNode profile : file.get("profiles")) {
      assertEquals("sampled", profile.get("type").asText());
      assertTrue(profile.get("name").isTextual());
      assertTrue(units.contains(profile.get("unit").asText()));
      assertEquals(profile.get("samples").size(), profile.get("weights").size());
      long total = profile.get("startValue").asLong();
      for (JsonNode weight : profile.get("weights")) {
        total += weight.asLong();
      }
      assertEquals(profile.get("endValue").asLong(), total);
      for (JsonNode stack : profile.get("samples")) {
        for (JsonNode frame : stack) {
          assertTrue(frame.asInt() >= 0 && frame.asInt() < frameCount);
        }
      }
    }
  }
}
