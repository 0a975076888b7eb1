package besser.experiment.plan;

import besser.metrics.Filter;
import besser.metrics.Source;
import java.util.List;
import java.util.Optional;

/** Reads the {@code source} mapping of a metric. */
final class SourceReader {
  private static final List<String> KINDS =
      List.of(
          "goodput",
          "event",
          "kprobe",
          "samples",
          "duration",
          "run-queue-wait",
          "lock",
          "wakes",
          "series",
          "link",
          "ratio",
          "spread");

  private SourceReader() {}

  static Optional<Source> read(YamlMap source) {
    return source
        .oneOf("what a metric is computed from", KINDS)
        .flatMap(
            kind ->
                switch (kind) {
                  case "goodput" -> goodput(source);
                  case "event" -> event(source);
                  case "kprobe" -> kprobe(source);
                  case "samples" -> samples(source);
                  case "duration" -> source.map("duration").flatMap(of -> duration(source, of));
                  case "run-queue-wait" -> runQueueWait(source);
                  case "lock" -> lock(source);
                  case "wakes" -> wakes(source);
                  case "series" -> series(source);
                  case "link" -> link(source);
                  case "ratio" -> source.map("ratio").flatMap(of -> ratio(source, of));
                  default -> spread(source);
                });
  }

  private static Optional<Source> goodput(YamlMap source) {
    Source.End end = source.choice("goodput", Source.End.class);
    Source.GoodputStatistic statistic =
        source.choice("statistic", Source.GoodputStatistic.class, Source.GoodputStatistic.MEAN);
    return source.build(() -> new Source.Goodput(end, statistic));
  }

  private static Optional<Source> event(YamlMap source) {
    String event = source.text("event");
    Optional<Filter> where = where(source);
    Source.Per per = per(source);
    return source.build(() -> new Source.EventRate(event, where, per));
  }

  private static Optional<Source> kprobe(YamlMap source) {
    String function = source.text("kprobe");
    Optional<Filter> where = where(source);
    Source.Per per = per(source);
    return source.build(() -> new Source.FunctionRate(function, where, per));
  }

  private enum SampleFigure {
    SHARE,
    TIME
  }

  private static Optional<Source> samples(YamlMap source) {
    SampleFigure figure = source.choice("samples", SampleFigure.class);
    Optional<String> key =
        source.oneOf("what a sample is matched by", List.of("symbol", "module", "chain"));
    String name = key.map(source::text).orElse("");
    Source.SampleMatch match =
        key.map(word -> Words.read(Source.SampleMatch.class, word))
            .orElse(Source.SampleMatch.SYMBOL);
    return switch (figure) {
      case SHARE -> {
        Source.Denominator of = source.choice("of", Source.Denominator.class);
        Optional<String> thread = source.optionalText("thread");
        yield source.build(() -> new Source.SampleShare(match, name, of, thread));
      }
      case TIME -> {
        Source.Per per = per(source);
        yield source.build(() -> new Source.CpuTime(match, name, per));
      }
    };
  }

  private static Optional<Source> duration(YamlMap source, YamlMap of) {
    String from = of.text("from");
    String to = of.text("to");
    String key = of.text("key");
    Optional<Filter> where = where(of);
    double percentile = percentile(of);
    Optional<Source> duration =
        of.build(() -> new Source.PairedDuration(from, to, key, where, percentile));
    return source.build(() -> true).flatMap(ignored -> duration);
  }

  private static Optional<Source> runQueueWait(YamlMap source) {
    Source.WaitAfter after = source.choice("run-queue-wait", Source.WaitAfter.class);
    Optional<String> thread = source.optionalText("thread");
    double percentile = percentile(source);
    return source.build(() -> new Source.RunQueueWait(after, thread, percentile));
  }

  private static Optional<Source> lock(YamlMap source) {
    String lock = source.text("lock");
    if (source.has("wait")) {
      Source.LockWaitStatistic statistic = source.choice("wait", Source.LockWaitStatistic.class);
      return source.build(() -> new Source.LockWait(lock, statistic));
    }
    Source.LockAspect aspect = source.choice("count", Source.LockAspect.class);
    Source.Per per = per(source);
    return source.build(() -> new Source.LockRate(lock, aspect, per));
  }

  private static Optional<Source> wakes(YamlMap source) {
    String queue = source.text("wakes");
    Optional<String> from = source.optionalText("from");
    Source.Per per = per(source);
    return source.build(() -> new Source.WakeRate(queue, from, per));
  }

  private static Optional<Source> series(YamlMap source) {
    String name = source.text("series");
    Source.Statistic statistic = source.choice("statistic", Source.Statistic.class);
    return source.build(() -> new Source.Series(name, statistic));
  }

  private static Optional<Source> link(YamlMap source) {
    Source.LinkAspect aspect = source.choice("link", Source.LinkAspect.class);
    return source.build(() -> new Source.Link(aspect));
  }

  private static Optional<Source> ratio(YamlMap source, YamlMap of) {
    String numerator = of.reference("of", Problems.Kind.METRIC);
    String denominator = of.reference("to", Problems.Kind.METRIC);
    Optional<Source> ratio = of.build(() -> new Source.Ratio(numerator, denominator));
    return source.build(() -> true).flatMap(ignored -> ratio);
  }

  private static Optional<Source> spread(YamlMap source) {
    String of = source.reference("spread", Problems.Kind.METRIC);
    return source.build(() -> new Source.Spread(of));
  }

  private static Optional<Filter> where(YamlMap source) {
    return source.has("where")
        ? source.scalar(
            "where", text -> Optional.of(Filter.parse(text)), Optional.empty(), "a filter")
        : Optional.empty();
  }

  private static double percentile(YamlMap source) {
    return source.scalar("percentile", Double::parseDouble, 50.0, "a number in (0, 100)");
  }

  private static Source.Per per(YamlMap source) {
    return source.choice("per", Source.Per.class);
  }
}
