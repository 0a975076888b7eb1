package besser.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.json.Schema;
import besser.metrics.Unit;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema and the parser agree on what a plan looks like. */
class PlanSchemaTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Schema.PLAN.text());

  private static Set<ValidationMessage> problems(String yaml) throws IOException {
    JsonNode plan = new YAMLMapper().readTree(yaml);
    return SCHEMA.validate(plan);
  }

  @Test
  void acceptsPatchC() throws IOException {
    Set<ValidationMessage> problems = problems(Files.readString(Path.of("../plans/patch-c.yaml")));
    assertTrue(problems.isEmpty(), problems::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "title: collapse | titel: collapse",
        "written: 2026-05-07 | written: last week",
        "better: higher | better: more",
        "unit: KB/s | unit: KiB/s",
        "{goodput: receiver} | {goodput: everywhere}",
        "{goodput: receiver} | {goodput: receiver, spread: goodput}",
        "{spread: goodput} | {}",
        "{marginal: 5 %} | {marginal: a little}",
        "{within: [12 %, 15 %]} | {within: [12 %]}",
        "{becomes: zero} | {becomes: one}",
        "{link: survives} | {link: dies}",
        "confidence: high | confidence: certain",
        "before-phase: 6 | before-phase: 9",
        "kind: citation | kind: rumour",
        "offered: 1 MB/s | offered: fast",
        "duration: 5 min | duration: 5",
        "captures: [trace, | captures: [video,",
        "interleaving: abba | interleaving: random",
        "analysis: welch | analysis: wilcoxon",
        "about: 20 % | note: about 20 %",
        "risk: 1 | risk: one",
        "part: goal | part: appendix",
        "repetitions: 3 | repetitions: 0",
        "situation: | situation: none",
        "percentile: 50 | percentile: 100",
        "locked: true | locked: maybe"
      })
  void rejectsWhatTheParserRejects(String good, String bad) throws IOException {
    String plan = Files.readString(Path.of("../plans/patch-c.yaml"));
    assertTrue(plan.contains(good), () -> "the plan no longer holds " + good);
    int at = plan.indexOf(good);
    String broken = plan.substring(0, at) + bad + plan.substring(at + good.length());
    if (bad.equals("situation: none")) {
      broken = broken.replaceAll("(?m)^situation: none\n(  - .*\n|    .*\n)+", "situation: none\n");
    }
    String text = broken;
    assertThrows(PlanRejected.class, () -> PlanReader.read("p.yaml", text));
    assertFalse(problems(text).isEmpty(), () -> "the schema accepts " + bad);
  }

  @Test
  void listsTheUnitsThatTheParserKnows() throws IOException {
    JsonNode units =
        new YAMLMapper()
            .readTree(Schema.PLAN.text())
            .at("/properties/metrics/items/properties/unit/enum");
    int known = 0;
    for (JsonNode unit : units) {
      assertTrue(Unit.of(unit.asText()).isPresent(), unit::asText);
      known++;
    }
    // two more ways to write the micro sign
    assertEquals(Unit.values().length + 2, known);
  }
}
