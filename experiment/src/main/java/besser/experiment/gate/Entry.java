package besser.experiment.gate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/** Something that somebody found out about a plan after it was written. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Entry.BaselineMeasured.class, name = "baseline"),
  @JsonSubTypes.Type(value = Entry.Cited.class, name = "citation"),
  @JsonSubTypes.Type(value = Entry.Reviewed.class, name = "review"),
  @JsonSubTypes.Type(value = Entry.Audited.class, name = "audit"),
  @JsonSubTypes.Type(value = Entry.Checked.class, name = "check"),
  @JsonSubTypes.Type(value = Entry.RiskChecked.class, name = "risk-check"),
  @JsonSubTypes.Type(value = Entry.Explained.class, name = "explanation"),
  @JsonSubTypes.Type(value = Entry.Implemented.class, name = "implementation"),
  @JsonSubTypes.Type(value = Entry.Judged.class, name = "verdict")
})
public sealed interface Entry {

  /** Who recorded it. */
  String by();

  /** When it was recorded. */
  Instant at();

  /** In one line. */
  String words();

  /** Whether evidence speaks for going on. */
  enum Answer {
    /** The condition holds; the risk is not there. */
    YES,
    /** The condition does not hold; the risk is real. */
    NO
  }

  /**
   * Values of a metric of the unpatched arm.
   *
   * @param values one for each repetition, in the metric's unit
   * @param device where it was measured
   * @param simulated whether that is a model; such values satisfy no gate
   */
  record BaselineMeasured(
      String by,
      Instant at,
      String metric,
      String step,
      List<Double> values,
      String device,
      boolean simulated,
      String note)
      implements Entry {
    public BaselineMeasured {
      values = List.copyOf(values);
      requireText("metric", metric);
      requireText("by", by);
      if (values.isEmpty() || !values.stream().allMatch(v -> Double.isFinite(v) && v >= 0)) {
        throw new IllegalArgumentException(
            "values must be finite, >= 0 and at least one, got " + values);
      }
    }

    @Override
    public String words() {
      return "%s %s on %s at %s%s"
          .formatted(metric, values, device, step, simulated ? " (simulated)" : "");
    }
  }

  /**
   * A contract, cited.
   *
   * @param source file and place, with the version it was read in
   * @param quote what it says, or what it shows
   */
  record Cited(String by, Instant at, String gate, Answer answer, String source, String quote)
      implements Entry {
    public Cited {
      requireText("gate", gate);
      requireText("source", source);
      requireText("by", by);
    }

    @Override
    public String words() {
      return "%s: %s".formatted(source, quote);
    }
  }

  /** A second reader's review; {@link Answer#NO} sends the plan back. */
  record Reviewed(String by, Instant at, String gate, Answer answer, String text) implements Entry {
    public Reviewed {
      requireText("gate", gate);
      requireText("text", text);
      requireText("by", by);
    }

    @Override
    public String words() {
      return text;
    }
  }

  /** A systematic look at the code by a person or a tool that reads code. */
  record Audited(String by, Instant at, String gate, Answer answer, String text) implements Entry {
    public Audited {
      requireText("gate", gate);
      requireText("text", text);
      requireText("by", by);
    }

    @Override
    public String words() {
      return text;
    }
  }

  /**
   * What a check found by running.
   *
   * @param simulated whether it ran on a model: then a {@link Answer#NO} refutes, as the model's
   *     counterexample stands until somebody shows the code to differ, but a {@link Answer#YES}
   *     satisfies no gate
   * @param command what repeats it
   */
  record Checked(
      String by,
      Instant at,
      String gate,
      Answer answer,
      boolean simulated,
      String command,
      String text)
      implements Entry {
    public Checked {
      requireText("gate", gate);
      requireText("text", text);
      requireText("by", by);
    }

    @Override
    public String words() {
      return "%s (%s)".formatted(text, command);
    }
  }

  /**
   * What a check of one of the plan's risks found.
   *
   * @param risk the risk's number in the plan
   * @param check the check's name
   * @param gates the gates that the plan lists with the risk: this is evidence for each of them
   * @param answer {@link Answer#NO} when the risk is real
   * @param simulated whether it ran on a model; counts for gates as in {@link Checked}
   * @param command what repeats it
   */
  record RiskChecked(
      String by,
      Instant at,
      int risk,
      String check,
      List<String> gates,
      Answer answer,
      boolean simulated,
      String command,
      String text)
      implements Entry {
    public RiskChecked {
      gates = List.copyOf(gates);
      requireText("check", check);
      requireText("text", text);
      requireText("by", by);
      if (risk < 1) throw new IllegalArgumentException("risk must be >= 1, got " + risk);
    }

    @Override
    public String words() {
      return "%s (%s)".formatted(text, command);
    }
  }

  /**
   * Why something that nobody predicted happened.
   *
   * @param about a finding's subject, for example {@code sched_wakeup@4MBps}, or {@code
   *     sched_wakeup} for every step
   */
  record Explained(String by, Instant at, String about, String text) implements Entry {
    public Explained {
      requireText("about", about);
      requireText("text", text);
      requireText("by", by);
    }

    @Override
    public String words() {
      return text;
    }
  }

  /** The change exists. */
  record Implemented(String by, Instant at, String commit) implements Entry {
    public Implemented {
      requireText("commit", commit);
      requireText("by", by);
    }

    @Override
    public String words() {
      return commit;
    }
  }

  /**
   * A run was judged.
   *
   * @param proceed whether the verdict was to proceed
   * @param verdictSha256 of verdict.json
   */
  record Judged(
      String by,
      Instant at,
      String run,
      String verdictSha256,
      boolean proceed,
      boolean simulated,
      String sentence)
      implements Entry {
    public Judged {
      requireText("run", run);
      requireText("by", by);
    }

    @Override
    public String words() {
      return sentence;
    }
  }

  private static void requireText(String name, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
  }
}
