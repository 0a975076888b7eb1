package besser.report.html;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.summary;

import besser.report.text.Figures;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the CPUs' time went, by function, in each arm and between them. */
final class CpuSection {
  private static final int FUNCTIONS = 30;

  private CpuSection() {}

  static DomContent of(ReportInput input) {
    if (input.profiles().isEmpty()) {
      return Sections.titled("cpu", "CPU share by function", p("No profile was taken."));
    }
    List<DomContent> content = new ArrayList<>();
    content.add(
        p(
            "Samples outside the idle loop, all repetitions of an arm added up. A frame's width is"
                + " its share. On arm64 without pseudo-NMI, time with interrupts off shows where"
                + " they are enabled again, mostly in _raw_spin_unlock_irqrestore."));
    for (Map.Entry<String, CallTree> profile : input.profiles().entrySet()) {
      String name = "%s (%,d samples)".formatted(profile.getKey(), profile.getValue().samples());
      content.add(
          details(summary(h3(name)), scrolled(FlameGraph.of(profile.getKey(), profile.getValue())))
              .attr("open"));
    }
    List<String> arms = input.arms();
    String baseline = arms.getFirst();
    for (String arm : arms.subList(1, arms.size())) {
      if (!input.profiles().containsKey(baseline) || !input.profiles().containsKey(arm)) continue;
      DomContent flames = FlameGraph.difference(arm, tree(input, arm), tree(input, baseline));
      content.add(
          details(
                  summary(h3("Difference: " + arm + " against " + baseline)),
                  p("Red: a larger share than before. Blue: a smaller one.").withClass("faint"),
                  scrolled(flames))
              .attr("open"));
    }
    content.add(functions(input));
    return Sections.titled("cpu", "CPU share by function", content.toArray(DomContent[]::new));
  }

  private static CallTree tree(ReportInput input, String variant) {
    return input.profiles().getOrDefault(variant, new CallTree());
  }

  private static DomContent scrolled(DomContent svg) {
    return div(svg).withClass("scroll").attr("tabindex", "0");
  }

  private static DomContent functions(ReportInput input) {
    List<String> heads = new ArrayList<>(List.of("function (self)"));
    Map<String, double[]> shares = new LinkedHashMap<>();
    int column = 0;
    for (Map.Entry<String, CallTree> profile : input.profiles().entrySet()) {
      heads.add(profile.getKey());
      int at = column++;
      double samples = Math.max(1, profile.getValue().samples());
      profile
          .getValue()
          .selfByFunction()
          .forEach(
              (function, count) ->
                  shares.computeIfAbsent(function, f -> new double[input.profiles().size()])[at] =
                      count / samples);
    }
    List<List<String>> rows =
        shares.entrySet().stream()
            .sorted((a, b) -> Double.compare(greatest(b.getValue()), greatest(a.getValue())))
            .limit(FUNCTIONS)
            .map(CpuSection::row)
            .toList();
    return Sections.asTable("The " + FUNCTIONS + " functions with the largest share", heads, rows);
  }

  private static List<String> row(Map.Entry<String, double[]> function) {
    List<String> cells = new ArrayList<>(List.of(function.getKey()));
    for (double share : function.getValue()) cells.add(Figures.of(share * 100, "%"));
    return cells;
  }

  private static double greatest(double[] shares) {
    double greatest = 0;
    for (double share : shares) greatest = Math.max(greatest, share);
    return greatest;
  }
}
