package besser.report.html;

import static j2html.TagCreator.div;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;

import besser.experiment.gate.LockAudit;
import besser.report.text.LockAuditText;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The lock graph of the patched variant as a matrix: a row for each class that was held, a column
 * for each that was taken meanwhile. What only one of the variants showed is set off.
 */
final class LockMatrix {
  private static final double CELL = 15;
  private static final double LABELS = 260;
  private static final double HEADS = 250;

  private final LockAudit patched;
  private final List<LockAudit.Order> added;
  private final List<LockAudit.Order> gone;
  private final List<String> held;
  private final List<String> taken;

  private LockMatrix(ReportInput.LockAudits audits) {
    this.patched = audits.patched();
    this.added = patched.ordersNotIn(audits.baseline());
    this.gone = audits.baseline().ordersNotIn(patched);
    List<LockAudit.Order> all = new ArrayList<>(patched.orders());
    all.addAll(gone);
    this.held = names(all.stream().map(LockAudit.Order::held).toList());
    this.taken = names(all.stream().map(LockAudit.Order::taken).toList());
  }

  private static List<String> names(List<String> names) {
    return List.copyOf(new TreeSet<>(names));
  }

  static DomContent of(ReportInput.LockAudits audits) {
    LockMatrix matrix = new LockMatrix(audits);
    return div(
        h3("Lock graph (simulated)"),
        p(LockAuditText.summary(audits.patched())),
        p(
            "A row is held while a column is taken. %d orders are new with %s (strong), %d of %s are"
                    .formatted(
                        matrix.added.size(),
                        audits.patched().variant(),
                        matrix.gone.size(),
                        audits.baseline().variant())
                + " were not seen with it (hollow)."),
        div(matrix.draw()).withClass("scroll").attr("tabindex", "0"),
        Sections.asTable(
            "what is new, and what was not seen any more",
            List.of("", "held", "taken", "by"),
            matrix.changes()),
        Sections.asTable(
            "what is held around wsm_handle_rx, and taken in it",
            List.of("variant", "called by", "held", "taken", "both"),
            around(audits)));
  }

  private ContainerTag<?> draw() {
    double width = LABELS + taken.size() * CELL + 6;
    double height = HEADS + held.size() * CELL + 6;
    ContainerTag<?> svg = Svg.svg(width, height, "lock graph of " + patched.variant());
    for (int i = 0; i < held.size(); i++) {
      double y = HEADS + i * CELL;
      svg.with(Svg.rect(0, y, width, CELL, i % 2 == 0 ? "lane" : "lane odd"));
      svg.with(Svg.text(4, y + CELL - 4, "lane-name", held.get(i)));
    }
    for (int i = 0; i < taken.size(); i++) {
      double x = LABELS + i * CELL + CELL - 4;
      svg.with(
          Svg.text(x, HEADS - 4, "lane-name", taken.get(i))
              .attr("transform", "rotate(-90 %s %s)".formatted(x, HEADS - 4)));
    }
    for (LockAudit.Order order : patched.orders()) {
      boolean fresh = added.stream().anyMatch(order::isLike);
      mark(svg, order, fresh ? "order fresh" : "order");
    }
    for (LockAudit.Order order : gone) mark(svg, order, "order gone");
    return svg;
  }

  private void mark(ContainerTag<?> svg, LockAudit.Order order, String style) {
    double x = LABELS + taken.indexOf(order.taken()) * CELL + CELL / 2;
    double y = HEADS + held.indexOf(order.held()) * CELL + CELL / 2;
    String told = "holds %s, takes %s in %s".formatted(order.held(), order.taken(), order.where());
    svg.with(Svg.circle(x, y, style.equals("order") ? 3.5 : 5, style).with(Svg.title(told)));
  }

  private List<List<String>> changes() {
    List<List<String>> rows = new ArrayList<>();
    for (LockAudit.Order order : added) rows.add(row("new", order));
    for (LockAudit.Order order : gone) rows.add(row("not seen", order));
    return rows;
  }

  private static List<String> row(String word, LockAudit.Order order) {
    return List.of(word, order.held(), order.taken(), order.where());
  }

  private static List<List<String>> around(ReportInput.LockAudits audits) {
    List<List<String>> rows = new ArrayList<>();
    for (LockAudit audit : List.of(audits.baseline(), audits.patched())) {
      for (LockAudit.Around one : audit.around()) {
        rows.add(
            List.of(
                audit.variant(),
                one.caller(),
                LockAuditText.names(one.held()),
                LockAuditText.names(one.taken()),
                LockAuditText.names(one.both())));
      }
    }
    return rows;
  }
}
