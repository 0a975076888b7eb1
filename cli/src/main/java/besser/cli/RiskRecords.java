package besser.cli;

import besser.bes2600.driver.Variant;
import besser.check.campaign.CampaignResult;
import besser.check.campaign.Confirmed;
import besser.check.driver.RiskAudit;
import besser.check.driver.RiskCheck;
import besser.experiment.gate.Entry;
import besser.experiment.gate.RecordFile;
import besser.experiment.plan.Risk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** From a campaign over a plan's two arms to answers about the plan's risks. */
final class RiskRecords {
  private static final int NAMED = 3;

  private final PlanToCheck checked;
  private final RiskAudit audit;
  private final String command;
  private final Function<Confirmed, Path> fileOf;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  /**
   * Of a campaign that searched both arms.
   *
   * @param command what repeats it
   * @param fileOf where a finding's file is
   */
  RiskRecords(
      PlanToCheck checked,
      CampaignResult result,
      String command,
      Function<Confirmed, Path> fileOf) {
    this.checked = checked;
    this.command = command;
    this.fileOf = fileOf;
    this.audit =
        new RiskAudit(
            result,
            Variant.of(checked.protocol().baselineVariant()),
            Variant.of(checked.protocol().patchedVariant()));
  }

  /** Records the answers beside the plan, and says them in lines; none when no risk has a check. */
  List<String> attach() {
    RecordFile records = RecordFile.beside(checked.file());
    List<String> lines = new ArrayList<>();
    try {
      for (Entry.RiskChecked record : entries()) {
        records.append(checked.plan(), record);
        String answer = record.answer() == Entry.Answer.NO ? "REAL" : "not seen";
        lines.add("  R%d %s: %s".formatted(record.risk(), answer, record.text()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + records.path(), e);
    }
    if (lines.isEmpty()) return lines;
    lines.addFirst("The plan's risks, as recorded in " + records.path() + ":");
    lines.addFirst("");
    return lines;
  }

  /** One record for each risk that names a check. */
  List<Entry.RiskChecked> entries() {
    List<Entry.RiskChecked> records = new ArrayList<>();
    for (Risk risk : checked.plan().risks()) {
      risk.check().ifPresent(name -> records.add(answer(risk, name, check(name))));
    }
    return records;
  }

  private static RiskCheck check(String name) {
    return RiskCheck.named(name)
        .orElseThrow(
            () ->
                new BadInput(
                    "a risk's check must be one of %s, got %s"
                        .formatted(
                            Arrays.stream(RiskCheck.values())
                                .map(RiskCheck::id)
                                .collect(Collectors.joining(", ")),
                            name)));
  }

  private Entry.RiskChecked answer(Risk risk, String name, RiskCheck check) {
    List<Confirmed> evidence = audit.evidence(check);
    String text =
        evidence.isEmpty()
            ? "%,d schedules of %s show nothing that %,d of %s do not show: %s"
                .formatted(
                    schedules(audit.patched()),
                    audit.patched(),
                    schedules(audit.baseline()),
                    audit.baseline(),
                    check.summary())
            : "%s in %,d schedules of %s, and in none of %,d of %s: %s"
                .formatted(
                    count(evidence.size()),
                    schedules(audit.patched()),
                    audit.patched(),
                    schedules(audit.baseline()),
                    audit.baseline(),
                    named(evidence));
    return new Entry.RiskChecked(
        System.getProperty("user.name", "unknown"),
        now,
        risk.number(),
        name,
        risk.gates(),
        evidence.isEmpty() ? Entry.Answer.YES : Entry.Answer.NO,
        true,
        command,
        text);
  }

  private long schedules(Variant variant) {
    return audit.result().programs().stream()
        .filter(program -> program.program().startsWith(variant.id() + "/"))
        .mapToLong(program -> program.exploration().schedules())
        .sum();
  }

  private static String count(int findings) {
    return findings == 1 ? "one finding" : findings + " findings";
  }

  private String named(List<Confirmed> evidence) {
    List<String> words = new ArrayList<>();
    for (Confirmed found : evidence.subList(0, Math.min(NAMED, evidence.size()))) {
      words.add(found.finding().message() + " (besser replay " + fileOf.apply(found) + ")");
    }
    if (evidence.size() > NAMED) words.add("and %d more".formatted(evidence.size() - NAMED));
    return String.join("; ", words);
  }
}
