package besser.check.campaign;

import besser.check.FindingKind;
import besser.check.Site;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/**
 * Findings as SARIF 2.1.0 (OASIS, 2020), for the annotations of continuous integration. A finding's
 * place is the file that replays it; the functions involved are logical locations.
 */
public final class Sarif {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private Sarif() {}

  /**
   * One SARIF log with one run, ending in a line break.
   *
   * @param version of besser
   * @param findings in order
   * @param uri where the file of each is
   */
  public static String write(
      String version, List<Confirmed> findings, Function<Confirmed, String> uri) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", SCHEMA);
    root.put("version", "2.1.0");
    ObjectNode run = root.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "besser check");
    driver.put("version", version);
    ArrayNode rules = driver.putArray("rules");
    for (FindingKind kind : FindingKind.values()) {
      ObjectNode rule = rules.addObject();
      rule.put("id", kind.id());
      rule.putObject("shortDescription").put("text", kind.title());
    }
    ArrayNode results = run.putArray("results");
    for (Confirmed finding : findings) result(results.addObject(), finding, uri.apply(finding));
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("findings can always be written", e);
    }
  }

  private static void result(ObjectNode result, Confirmed confirmed, String uri) {
    result.put("ruleId", confirmed.finding().kind().id());
    result.put("level", "error");
    result
        .putObject("message")
        .put("text", confirmed.finding().message() + "; replay with: besser replay " + uri);
    result.putObject("partialFingerprints").put("besserFinding/v1", confirmed.finding().id());
    ObjectNode location = result.putArray("locations").addObject();
    ObjectNode physical = location.putObject("physicalLocation");
    physical.putObject("artifactLocation").put("uri", uri);
    ArrayNode logical = location.putArray("logicalLocations");
    for (Site site : confirmed.finding().sites()) {
      logical.addObject().put("fullyQualifiedName", site.function()).put("kind", "function");
    }
  }
}
