package besser.trace.text;

import besser.trace.CompilerClones;
import besser.trace.Frame;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.KernelSymbols;
import besser.trace.LostEvents;
import besser.trace.SampleSink;
import besser.trace.SampleSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code perf script} prints: a line per sample (task, CPU, time, period, event), behind it
 * the frames of its chain, innermost first. Options that leave out fields are understood as far as
 * a time is there.
 *
 * <p>A line that is neither is counted as {@link Issue#UNPARSED_LINE}.
 */
public final class PerfScriptText implements SampleSource {
  private static final String LOST = "PERF_RECORD_LOST lost ";
  private static final String THROTTLE = "PERF_RECORD_THROTTLE";
  private static final String DELETED_END = " (deleted))";
  private static final String SIDE_RECORD = "PERF_RECORD_";

  /** What perf and {@code /proc/PID/maps} call mappings of a process in brackets. */
  private static final Pattern USER_MAPPING =
      Pattern.compile("\\[(unknown|vdso|vvar|vectors|heap|stack|anon|uprobes)");

  /** More than any profile names; what is beyond counts as its own frame each time. */
  private static final int FRAMES_LIMIT = 1 << 20;

  private final TextOrigin origin;
  private final String name;
  private final boolean withoutCompilerSuffixes;
  private final IssueCounts issues = new IssueCounts();
  private final Map<Frame, Frame> frames = new HashMap<>();

  private PerfScriptText(TextOrigin origin, String name, boolean withoutCompilerSuffixes) {
    this.origin = origin;
    this.name = name;
    this.withoutCompilerSuffixes = withoutCompilerSuffixes;
  }

  /** A text in a file. */
  public static PerfScriptText open(Path file) {
    return new PerfScriptText(new TextOrigin.File(file), file.toString(), false);
  }

  /** A text as it comes; it can be read once. */
  public static PerfScriptText of(InputStream text, String name) {
    return new PerfScriptText(new TextOrigin.Stream(text), name, false);
  }

  /**
   * The same, with compiler clones ({@code f.isra.0}) counted as the function they were made of.
   */
  public PerfScriptText cleaned() {
    return new PerfScriptText(origin, name, true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public KernelSymbols symbols() {
    return KernelSymbols.empty();
  }

  @Override
  public IssueCounts issues() {
    return issues;
  }

  @Override
  public void readSamples(SampleSink sink) {
    try (InputStream input = origin.open()) {
      new Reading(new Lines(input, name, issues), sink).run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  @Override
  public void close() {
    origin.close();
  }

  /** The state of one reading. */
  private final class Reading {
    private final Lines lines;
    private final SampleSink sink;
    private final LineHead head = new LineHead();
    private final TextSample sample = new TextSample();
    private boolean open;
    private long lastTimeNanos = Long.MIN_VALUE;

    Reading(Lines lines, SampleSink sink) {
      this.lines = lines;
      this.sink = sink;
    }

    void run() {
      for (Optional<String> next = lines.next(); next.isPresent(); next = lines.next()) {
        String line = next.get();
        if (line.isBlank()) {
          finishSample();
        } else if (line.charAt(0) != '#') {
          line(line);
        }
      }
      finishSample();
    }

    private void line(String line) {
      if (line.charAt(0) == '\t') {
        sample.dropDirect();
        if (!open || !addFrame(line, 0)) {
          unparsed();
        }
      } else if (head.parsePerfScript(line)) {
        finishSample();
        begin(line);
      } else if (!open || !addFrame(line, 0)) {
        unparsed();
      }
    }

    private void unparsed() {
      issues.add(Issue.UNPARSED_LINE, name, lines.offset());
    }

    private void begin(String line) {
      if (line.startsWith(SIDE_RECORD, head.restAt())) {
        sideRecord(line);
        return;
      }
      int at = head.restAt();
      int word = endOfWord(line, at);
      long period = decimal(line, at, word);
      if (period >= 0) {
        at = LineHead.skipBlanks(line, word);
        word = endOfWord(line, at);
      }
      String event = line.substring(at, word);
      String eventName = event.endsWith(":") ? event.substring(0, event.length() - 1) : event;
      sample.begin(head, Math.max(period, 1), eventName);
      open = true;
      if (head.timeNanos() < lastTimeNanos) {
        issues.add(Issue.TIME_BACKWARDS, name, lines.offset());
      }
      lastTimeNanos = head.timeNanos();
      int rest = LineHead.skipBlanks(line, word);
      if (rest < line.length() && isAddress(line, rest)) {
        // anything else is the text of a tracepoint, which a sample has no place for
        sample.setDirect(addFrame(line, rest));
      }
    }

    private void sideRecord(String line) {
      int cpu = Math.max(head.cpu(), 0);
      if (line.startsWith(LOST, head.restAt())) {
        int at = head.restAt() + LOST.length();
        long count = decimal(line, at, endOfWord(line, at));
        sink.lost(
            new LostEvents(cpu, head.timeNanos(), count < 0 ? LostEvents.COUNT_UNKNOWN : count));
      } else if (line.startsWith(THROTTLE, head.restAt())) {
        sink.throttled(cpu, head.timeNanos());
      }
    }

    private void finishSample() {
      if (open) {
        open = false;
        sink.sample(sample);
      }
    }

    /** {@code [address] symbol[+offset] (module)}; the module may be missing. */
    private boolean addFrame(String line, int from) {
      int at = LineHead.skipBlanks(line, from);
      long address = 0;
      boolean hasAddress = isAddress(line, at);
      if (hasAddress) {
        int end = endOfWord(line, at);
        address = Long.parseUnsignedLong(line, at, end, 16);
        at = LineHead.skipBlanks(line, end);
      }
      if (at >= line.length()) {
        Frame.Space space = spaceOf(address, Frame.UNKNOWN_SYMBOL);
        return hasAddress && add(address, Frame.UNKNOWN_SYMBOL, Frame.UNKNOWN_SYMBOL, space);
      }
      int end = line.length();
      String module = Frame.UNKNOWN_SYMBOL;
      int searchFrom = line.endsWith(DELETED_END) ? end - DELETED_END.length() - 1 : end;
      int bracket = line.lastIndexOf(" (", searchFrom);
      if (bracket >= at && line.charAt(end - 1) == ')') {
        module = line.substring(bracket + 2, end - 1);
        end = bracket;
      }
      Frame.Space space = hasAddress ? spaceOf(address, module) : spaceOf(module);
      return add(address, withoutOffset(line.substring(at, end)), module, space);
    }

    private boolean add(long address, String symbol, String module, Frame.Space space) {
      if (symbol.isEmpty()) {
        return false;
      }
      String clean = withoutCompilerSuffixes ? CompilerClones.originalOf(symbol) : symbol;
      Frame frame = new Frame(clean, module, space);
      Frame known =
          frames.size() < FRAMES_LIMIT ? frames.putIfAbsent(frame, frame) : frames.get(frame);
      sample.add(address, known == null ? frame : known);
      return true;
    }
  }

  /** Kernels of 32 bits lie below: their modules' names tell. */
  private static Frame.Space spaceOf(long address, String module) {
    return address < 0 || isKernel(module) ? Frame.Space.KERNEL : Frame.Space.USER;
  }

  /** Without an address the module must tell. */
  private static Frame.Space spaceOf(String module) {
    if (module.equals(Frame.UNKNOWN_SYMBOL)) {
      return Frame.Space.OTHER;
    }
    return isKernel(module) ? Frame.Space.KERNEL : Frame.Space.USER;
  }

  /** Whether it is the kernel or a module of it, and no mapping that only has no file. */
  private static boolean isKernel(String module) {
    return module.startsWith("[") && !USER_MAPPING.matcher(module).lookingAt();
  }

  private static String withoutOffset(String symbol) {
    int plus = symbol.lastIndexOf("+0x");
    return plus > 0 ? symbol.substring(0, plus) : symbol;
  }

  private static int endOfWord(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) > ' ') {
      at++;
    }
    return at;
  }

  /** A number of decimal digits only, or -1. */
  private static long decimal(String line, int from, int to) {
    if (to - from < 1 || to - from > 18) {
      return -1;
    }
    for (int i = from; i < to; i++) {
      if (line.charAt(i) < '0' || line.charAt(i) > '9') {
        return -1;
      }
    }
    return Long.parseLong(line, from, to, 10);
  }

  private static boolean isAddress(String line, int from) {
    int to = endOfWord(line, from);
    if (to - from < 1 || to - from > 16) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (Character.digit(line.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
