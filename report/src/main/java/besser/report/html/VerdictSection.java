package besser.report.html;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.ul;

import besser.experiment.verdict.Verdict;
import j2html.tags.DomContent;
import java.util.List;

/** The verdict in one sentence, and what became of the goal. */
final class VerdictSection {
  private VerdictSection() {}

  static DomContent banner(ReportInput input) {
    Verdict verdict = input.verdict();
    String decision =
        switch (verdict.decision()) {
          case Verdict.Proceed proceed -> "Proceed to phase " + proceed.phase();
          case Verdict.LoopBack back -> "Loop back to phase " + back.phase();
        };
    boolean proceeds = verdict.decision() instanceof Verdict.Proceed;
    return div(
        p(
                span(input.plan().id()).withClass("plan"),
                span(input.run().simulated()
                        ? "simulated device " + input.run().device()
                        : "device " + input.run().device())
                    .withClass(input.run().simulated() ? "badge simulated" : "badge"),
                quick(input))
            .withClass("context"),
        h1(input.plan().title()),
        div(p(decision).withClass("decision"), p(verdict.sentence()).withClass("sentence"))
            .withClasses("verdict", proceeds ? "proceed" : "loop-back"),
        div(each(verdict.explanation(), paragraph -> p(paragraph))).withClass("explanation"));
  }

  private static DomContent quick(ReportInput input) {
    int divisor = input.run().durationDivisor();
    return divisor == 1
        ? span()
        : span("quick run: all durations divided by " + divisor).withClass("badge quick");
  }

  static DomContent goal(ReportInput input) {
    Verdict.GoalResult goal = input.verdict().goal();
    return Sections.titled(
        "goal",
        goal.met() ? "Goal: met" : "Goal: not met",
        p(input.plan().goal().statement()),
        criteria(goal.criteria()),
        goal.fullTarget().isEmpty()
            ? div()
            : div(p("The further target, not demanded of this change alone:"))
                .with(criteria(goal.fullTarget())));
  }

  private static DomContent criteria(List<Verdict.CriterionResult> criteria) {
    return ul(each(
            criteria,
            result ->
                li(
                    Sections.resultMark(result.claim().result()),
                    span(" " + result.words() + ". "),
                    span(result.claim().explanation()).withClass("faint"))))
        .withClass("criteria");
  }
}
