package besser.check.replay;

import besser.check.Finding;
import besser.check.FindingKind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What is needed to see a finding again: a JSON object of a few hundred bytes.
 *
 * @param version of besser that found it
 * @param program as {@code besser check} lists it
 * @param load of the program, at least 1
 * @param seed of everything random in the program
 * @param stepLimit how many choices the run may ask
 * @param kind of the finding
 * @param findingId what it is called in every run
 * @param message as the run shows it
 * @param steps in which the run differs from the undisturbed one
 * @param minimal whether each step is known to be needed
 * @param eventHash of the machine after the run, for telling whether it is the same bit for bit
 */
public record FindingFile(
    String version,
    String program,
    int load,
    long seed,
    int stepLimit,
    FindingKind kind,
    String findingId,
    String message,
    List<Step> steps,
    boolean minimal,
    long eventHash) {
  /** Of the file's format. */
  public static final String FORMAT = "besser-finding/1";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public FindingFile {
    if (load < 1) throw new IllegalArgumentException("load must be >= 1, got " + load);
    steps = List.copyOf(steps);
  }

  /** Of a finding, all else given. */
  public static FindingFile of(
      String version, String program, Finding finding, RunKey run, Shrunk shrunk, long eventHash) {
    return new FindingFile(
        version,
        program,
        shrunk.load(),
        run.seed(),
        run.stepLimit(),
        finding.kind(),
        finding.id(),
        finding.message(),
        shrunk.steps(),
        shrunk.minimal(),
        eventHash);
  }

  /**
   * What a run depends on besides its program, load and steps.
   *
   * @param seed of everything random in the program
   * @param stepLimit how many choices it may ask
   */
  public record RunKey(long seed, int stepLimit) {}

  /** As text, ending in a line break. */
  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("version", version);
    root.put("program", program);
    root.put("load", load);
    root.put("seed", seed);
    root.put("stepLimit", stepLimit);
    root.put("kind", kind.id());
    root.put("finding", findingId);
    root.put("message", message);
    root.put("minimal", minimal);
    root.put("eventHash", Long.toHexString(eventHash));
    var list = root.putArray("steps");
    for (Step step : steps) list.add(step.toString());
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a finding can always be written", e);
    }
  }

  /**
   * Reads what {@link #toJson} writes.
   *
   * @throws IllegalArgumentException naming what is missing or wrong
   */
  public static FindingFile parse(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    String format = text(root, "format");
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException("format must be " + FORMAT + ", got " + format);
    }
    List<Step> steps = new ArrayList<>();
    for (JsonNode step : field(root, "steps")) steps.add(Step.parse(step.asText()));
    return new FindingFile(
        text(root, "version"),
        text(root, "program"),
        number(root, "load").intValue(),
        number(root, "seed").longValue(),
        number(root, "stepLimit").intValue(),
        kind(text(root, "kind")),
        text(root, "finding"),
        text(root, "message"),
        steps,
        field(root, "minimal").asBoolean(),
        hash(text(root, "eventHash")));
  }

  private static long hash(String digits) {
    try {
      return Long.parseUnsignedLong(digits, 16);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("eventHash must be hexadecimal, got " + digits, e);
    }
  }

  private static FindingKind kind(String id) {
    for (FindingKind kind : FindingKind.values()) {
      if (kind.id().equals(id)) return kind;
    }
    throw new IllegalArgumentException("kind is none that is known: " + id);
  }

  private static JsonNode field(JsonNode root, String name) {
    JsonNode node = root.get(name);
    if (node == null) throw new IllegalArgumentException("field " + name + " is missing");
    return node;
  }

  private static String text(JsonNode root, String name) {
    JsonNode node = field(root, name);
    if (node.isTextual()) return node.asText();
    throw new IllegalArgumentException("field " + name + " must be text, got " + node);
  }

  private static Number number(JsonNode root, String name) {
    JsonNode node = field(root, name);
    if (node.isIntegralNumber()) return node.numberValue();
    throw new IllegalArgumentException("field " + name + " must be a whole number, got " + node);
  }
}
