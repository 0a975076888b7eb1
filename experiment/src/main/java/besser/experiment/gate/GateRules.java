package besser.experiment.gate;

import besser.experiment.gate.Entry.Answer;
import besser.experiment.plan.Demand;
import java.util.List;
import java.util.Optional;

/** How the records about a gate make it open, satisfied or refuted. */
final class GateRules {
  private GateRules() {}

  static GateStatus status(Demand demand, List<Entry> entries) {
    List<Entry> evidence = entries.stream().filter(entry -> isAbout(demand, entry)).toList();
    GateStatus.State state =
        evidence.reversed().stream()
            .map(GateRules::effect)
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(GateStatus.State.OPEN);
    return new GateStatus(demand, state, evidence, phase(demand), words(demand, state, evidence));
  }

  private static boolean isAbout(Demand demand, Entry entry) {
    return switch (entry) {
      case Entry.BaselineMeasured measured ->
          demand.kind() == Demand.Kind.BASELINE && measured.metric().equals(demand.subject());
      case Entry.Cited cited -> cited.gate().equals(demand.id());
      case Entry.Reviewed reviewed -> reviewed.gate().equals(demand.id());
      case Entry.Audited audited -> audited.gate().equals(demand.id());
      case Entry.Checked checked -> checked.gate().equals(demand.id());
      case Entry.RiskChecked checked -> checked.gates().contains(demand.id());
      case Entry.Explained _, Entry.Implemented _, Entry.Judged _ -> false;
    };
  }

  /** What a record does to its gate; nothing when it does not count. */
  private static Optional<GateStatus.State> effect(Entry entry) {
    return switch (entry) {
      case Entry.BaselineMeasured measured ->
          measured.simulated() ? Optional.empty() : Optional.of(GateStatus.State.SATISFIED);
      case Entry.Cited cited -> Optional.of(of(cited.answer()));
      case Entry.Reviewed reviewed -> Optional.of(of(reviewed.answer()));
      case Entry.Audited audited -> Optional.of(of(audited.answer()));
      case Entry.Checked checked -> ofCheck(checked.simulated(), checked.answer());
      case Entry.RiskChecked checked -> ofCheck(checked.simulated(), checked.answer());
      case Entry.Explained _, Entry.Implemented _, Entry.Judged _ -> Optional.empty();
    };
  }

  private static Optional<GateStatus.State> ofCheck(boolean simulated, Answer answer) {
    return simulated && answer == Answer.YES ? Optional.empty() : Optional.of(of(answer));
  }

  private static GateStatus.State of(Answer answer) {
    return switch (answer) {
      case YES -> GateStatus.State.SATISFIED;
      case NO -> GateStatus.State.REFUTED;
    };
  }

  /**
   * A baseline is measured in phase 3 and a review given in phase 5; the rest stands at its gate.
   */
  private static int phase(Demand demand) {
    return switch (demand.kind()) {
      case BASELINE -> 3;
      case REVIEW -> 5;
      case CITATION, AUDIT -> demand.before();
    };
  }

  private static String words(Demand demand, GateStatus.State state, List<Entry> evidence) {
    String what = "%s (%s): ".formatted(demand.kind().word(), demand.subject());
    if (evidence.isEmpty()) {
      return what + "nothing recorded";
    }
    Entry last = evidence.getLast();
    String seen = "%s, by %s at %s".formatted(last.words(), last.by(), last.at());
    return what
        + switch (state) {
          case OPEN -> "simulated only, which does not count: " + seen;
          case SATISFIED -> seen;
          case REFUTED -> "the evidence says no: " + seen;
        };
  }
}
