package besser.report.html;

import static j2html.TagCreator.article;
import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;

import besser.experiment.plan.Plan;
import besser.experiment.verdict.Verdict;
import besser.rig.run.RunDirectory;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A finished run as one self-contained HTML file. */
public final class HtmlReport {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private HtmlReport() {}

  /** The page. The same run gives the same page: nothing in it depends on when it is made. */
  public static String render(RunDirectory directory, Plan plan, Verdict verdict) {
    return render(ReportInput.of(directory, plan, verdict));
  }

  static String render(ReportInput input) {
    TimeCharts charts = new TimeCharts(input);
    DomContent page =
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    meta().withName("color-scheme").withContent("light dark"),
                    title(input.plan().title() + " — besser report"),
                    style(rawHtml(resource(UPLOT + "uPlot.min.css"))),
                    style(rawHtml(resource("report.css")))),
                body(
                    header(VerdictSection.banner(input)),
                    article(
                        PredictionsSection.of(input),
                        VerdictSection.goal(input),
                        FindingsSection.of(input),
                        charts.goodput(),
                        charts.rates(),
                        FiguresSection.of(input),
                        CpuSection.of(input),
                        FramePathSection.of(input),
                        each(OtherArmsSection.of(input), section -> section),
                        RepetitionsSection.of(input),
                        RisksSection.of(input),
                        GatesSection.of(input),
                        ProvenanceSection.of(input)),
                    footer(p("Made by besser " + input.run().besserVersion() + ".")),
                    script(rawHtml(charts.data()))
                        .withType("application/json")
                        .withId("chart-data"),
                    script(rawHtml(resource(UPLOT + "uPlot.iife.min.js"))),
                    script(rawHtml(resource("report.js")))))
            .withLang("en");
    return document().render() + page.render();
  }

  static String resource(String name) {
    try (InputStream stream = HtmlReport.class.getResourceAsStream(name)) {
      if (stream == null) throw new IllegalStateException(name + " is not on the class path");
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
