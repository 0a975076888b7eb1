package besser.experiment.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a plan file. A file that is not a plan is refused with everything that is wrong with it at
 * once; nothing is guessed and nothing is skipped.
 */
public final class PlanReader {
  private final Problems problems;

  private PlanReader(String fileName) {
    this.problems = new Problems(fileName);
  }

  /**
   * Reads a plan file.
   *
   * @throws PlanRejected when it is not a plan
   * @throws UncheckedIOException when it cannot be read
   */
  public static LoadedPlan read(Path file) {
    try {
      return read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read plan " + file, e);
    }
  }

  /**
   * Reads a plan.
   *
   * @param fileName how messages name the file
   * @throws PlanRejected when the text is not a plan
   */
  public static LoadedPlan read(String fileName, String text) {
    PlanReader reader = new PlanReader(fileName);
    Optional<Node> root = compose(reader.problems, fileName, text);
    Optional<Plan> plan =
        root.flatMap(node -> YamlMap.of(reader.problems, node, "a plan")).flatMap(reader::plan);
    reader.problems.throwIfAny();
    return new LoadedPlan(
        plan.orElseThrow(),
        fileName,
        text,
        CanonicalForm.ofJudgedParts((MappingNode) root.orElseThrow()));
  }

  /** The nodes of a YAML text; a problem is added when it is none. */
  static Optional<Node> compose(Problems problems, String fileName, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(fileName).setUseMarks(true).setParseComments(false).build();
    try {
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        problems.add(1, 1, "a mapping", "an empty file");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
      problems.add(line, column, "well-formed YAML", String.valueOf(e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(1, 1, "well-formed YAML", String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private Optional<Plan> plan(YamlMap map) {
    Confidence.Scale scale =
        map.has("confidence-words")
            ? map.map("confidence-words")
                .flatMap(PlanReader::scale)
                .orElse(Confidence.Scale.DEFAULT)
            : Confidence.Scale.DEFAULT;
    Optional<Protocol> protocol = map.map("protocol").flatMap(ProtocolReader::read);
    MetricReader metricReader = new MetricReader(protocol);
    List<Metric> metrics = map.maps("metrics", metricReader::read);
    JudgedReader judged = new JudgedReader(metrics, protocol, scale);

    String id = map.text("plan");
    String title = map.text("title");
    String author = map.text("author");
    LocalDate written = date(map, "written");
    String status = map.text("status");
    String scope = map.text("scope");
    Optional<Plan.Substrate> substrate = map.map("substrate").flatMap(PlanReader::substrate);
    Optional<Goal> goal = map.map("goal").flatMap(judged::goal);
    List<String> situation = map.texts("situation");
    Optional<Baseline> baseline = map.map("baseline").flatMap(judged::baseline);
    Optional<Approach> approach = map.map("approach").flatMap(ApproachReader::read);
    List<Plan.Change> touched = map.maps("touched", PlanReader::change);
    List<Plan.Change> untouched = map.maps("untouched", PlanReader::change);
    List<Prediction> predictions = map.maps("predictions", judged::prediction);
    List<Demand> gates = map.maps("gates", PlanReader::demand);
    List<Risk> risks = map.maps("risks", PlanReader::risk);
    Optional<DevicePlan> device =
        map.has("device")
            ? map.map("device").flatMap(DeviceReader::read)
            : Optional.of(DevicePlan.DEFAULT);
    List<Plan.FollowOn> followOns = map.maps("follow-ons", PlanReader::followOn);
    List<Plan.Section> document = map.maps("document", PlanReader::section);
    problems.resolveReferences();
    return map.build(
        () ->
            new Plan(
                id,
                title,
                author,
                written,
                status,
                scope,
                substrate.orElseThrow(),
                goal.orElseThrow(),
                situation,
                metrics,
                baseline.orElseThrow(),
                approach.orElseThrow(),
                touched,
                untouched,
                predictions,
                risks,
                gates,
                protocol.orElseThrow(),
                device.orElseThrow(),
                followOns,
                document));
  }

  private static Optional<Confidence.Scale> scale(YamlMap map) {
    double high = map.scalar("high", Double::parseDouble, 0.9, "a probability");
    double medium = map.scalar("medium", Double::parseDouble, 0.7, "a probability");
    double low = map.scalar("low", Double::parseDouble, 0.5, "a probability");
    return map.build(() -> new Confidence.Scale(high, medium, low));
  }

  private static Optional<Plan.Substrate> substrate(YamlMap map) {
    LocalDate anchored = date(map, "anchored");
    String record = map.text("record");
    String sender = map.text("sender");
    String receiver = map.text("receiver");
    List<String> facts = map.texts("facts");
    return map.build(() -> new Plan.Substrate(anchored, record, sender, receiver, facts));
  }

  private static Optional<Plan.Change> change(YamlMap map) {
    String where = map.text("where");
    String what = map.text("what");
    return map.build(() -> new Plan.Change(where, what));
  }

  private static Optional<Demand> demand(YamlMap map) {
    String id = map.declaration("id", Problems.Kind.GATE);
    int before = map.integer("before-phase", 6);
    Demand.Kind kind = map.choice("kind", Demand.Kind.class);
    String subject =
        kind == Demand.Kind.BASELINE
            ? map.reference("subject", Problems.Kind.METRIC)
            : map.text("subject");
    String satisfiedBy = map.text("satisfied-by");
    return map.build(() -> new Demand(id, before, kind, subject, satisfiedBy));
  }

  private static Optional<Risk> risk(YamlMap map) {
    int number = map.integer("risk", 1);
    map.declaration("risk", Problems.Kind.RISK);
    String title = map.text("title");
    String words = map.text("words");
    String evidence = map.text("evidence");
    List<String> gates = map.references("gates", Problems.Kind.GATE);
    Optional<String> check = map.optionalText("check");
    String ifReal = map.text("if-real");
    return map.build(() -> new Risk(number, title, words, evidence, gates, check, ifReal));
  }

  private static Optional<Plan.FollowOn> followOn(YamlMap map) {
    String id = map.text("id");
    String what = map.text("what");
    String gatedOn = map.text("gated-on", "");
    return map.build(() -> new Plan.FollowOn(id, what, gatedOn));
  }

  private static Optional<Plan.Section> section(YamlMap map) {
    String heading = map.text("heading");
    Plan.Part part = map.choice("part", Plan.Part.class);
    String text = map.text("text");
    return map.build(() -> new Plan.Section(heading, part, text));
  }

  private static LocalDate date(YamlMap map, String key) {
    return map.scalar(key, PlanReader::date, LocalDate.EPOCH, "a date such as 2026-05-07");
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a date such as 2026-05-07", e);
    }
  }
}
