package besser.kernel.observe;

import besser.kernel.KernelFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The tracepoints of one machine. Names and fields are Linux's; {@code kprobe:<function>} is an
 * event at each entry into that function, with the field {@code __probe_ip}.
 */
public final class Tracepoints {
  private static final String KPROBE = "kprobe";

  /** More than any event here has; mmc_request_start has 25. */
  private static final int FIELDS = 32;

  private static final List<TraceField> KPROBE_FIELDS =
      List.of(TraceField.number("__probe_ip", "unsigned long", 8, false));

  private final TraceSource source;
  private final Symbols symbols;
  private final Consumer<KernelFunction> probed;
  private final Map<String, Tracepoint> byName = new LinkedHashMap<>();
  private final Cursor cursor = new Cursor();
  private @Nullable Tracepoint[] probes = {};

  /**
   * A registry whose records come from {@code source}.
   *
   * @param probed told of each function before the first of its entries that is to be reported
   */
  public Tracepoints(TraceSource source, Symbols symbols, Consumer<KernelFunction> probed) {
    this.source = source;
    this.symbols = symbols;
    this.probed = probed;
  }

  /**
   * Declares an event; the same name again gives the same event.
   *
   * @param printFormat the text after {@code print fmt:}, may be empty
   */
  public Tracepoint declare(String system, String name, String printFormat, TraceField... fields) {
    String qualified = system + ":" + name;
    Tracepoint known = byName.get(qualified);
    if (known != null) return known;
    Tracepoint point =
        new Tracepoint(this, byName.size() + 1, system, name, printFormat, List.of(fields));
    byName.put(qualified, point);
    return point;
  }

  /** All declared events in order of declaration. */
  public List<Tracepoint> all() {
    return List.copyOf(byName.values());
  }

  /** The event of that name, {@code system:name}. */
  public Optional<Tracepoint> find(String qualifiedName) {
    return Optional.ofNullable(byName.get(qualifiedName));
  }

  /**
   * Enables an event for a listener. {@code kprobe:<function>} needs a function that this machine
   * knows.
   *
   * @return the event
   * @throws IllegalArgumentException when there is no such event
   */
  public Tracepoint enable(String qualifiedName, TraceListener listener) {
    Tracepoint point = eventOrProbe(qualifiedName);
    point.listen(listener);
    return point;
  }

  /** As {@link #enable}, for who only wants to know when it happens, in nanoseconds. */
  public Tracepoint enableInstants(String qualifiedName, LongConsumer instant) {
    Tracepoint point = eventOrProbe(qualifiedName);
    point.tell(instant);
    return point;
  }

  /**
   * The event of that name; a {@code kprobe:<function>} is made when it is first asked for.
   *
   * @throws IllegalArgumentException when there is no such event
   */
  public Tracepoint eventOrProbe(String qualifiedName) {
    // An event that was declared, a probe with arguments among them, is emitted by who declared it.
    return find(qualifiedName).orElseGet(() -> probeOrUnknown(qualifiedName));
  }

  /** Disables an event for one listener. */
  public void disable(String qualifiedName, TraceListener listener) {
    known(qualifiedName).ignore(listener);
  }

  /** As {@link #disable}, for who only wanted to know when it happens. */
  public void disableInstants(String qualifiedName, LongConsumer instant) {
    known(qualifiedName).tellNoMore(instant);
  }

  private Tracepoint known(String qualifiedName) {
    return find(qualifiedName).orElseThrow(() -> unknown(qualifiedName));
  }

  /** For the machine: whether entries into a function are to be reported. */
  public boolean isProbed(KernelFunction function) {
    int index = function.index();
    return index < probes.length && probes[index] != null;
  }

  /** For the machine, when {@link #isProbed}: a function is entered. */
  public void entered(KernelFunction function) {
    Tracepoint probe = probes[function.index()];
    if (probe == null || !probe.isEnabled()) return;
    if (probe.isRead()) {
      probe.begin().number(0, symbols.addressOf(function)).emit();
    } else {
      probe.happened(source.timeNanos());
    }
  }

  private Tracepoint probeOrUnknown(String qualifiedName) {
    if (!qualifiedName.startsWith(KPROBE + ":")) throw unknown(qualifiedName);
    return probe(qualifiedName.substring(KPROBE.length() + 1));
  }

  private Tracepoint probe(String functionName) {
    KernelFunction function =
        symbols
            .find(functionName)
            .or(() -> KernelFunction.named(functionName))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "kprobe: no function " + functionName + " in the code that is loaded"));
    Tracepoint point =
        declare(KPROBE, functionName, "\"(%lx)\", REC->__probe_ip", KPROBE_FIELDS.get(0));
    if (function.index() >= probes.length) probes = Arrays.copyOf(probes, function.index() + 1);
    probes[function.index()] = point;
    probed.accept(function);
    return point;
  }

  Tracepoint.Writer begin(Tracepoint point) {
    return cursor.begin(point, null);
  }

  Tracepoint.Writer begin(Tracepoint point, TraceGate gate) {
    return cursor.begin(point, gate);
  }

  private IllegalArgumentException unknown(String qualifiedName) {
    return new IllegalArgumentException(
        "no tracepoint " + qualifiedName + ", there are " + new ArrayList<>(byName.keySet()));
  }

  /** The one record; listeners cannot cause events, so it is never in use twice. */
  private final class Cursor implements TraceRecord, Tracepoint.Writer {
    private final long[] numbers = new long[FIELDS];
    private final String[] texts = new String[FIELDS];
    private @Nullable Tracepoint point;
    private @Nullable TraceGate gate;

    Tracepoint.Writer begin(Tracepoint tracepoint, @Nullable TraceGate passed) {
      point = tracepoint;
      gate = passed;
      return this;
    }

    @Override
    public Tracepoint.Writer number(int field, long value) {
      numbers[field] = value;
      return this;
    }

    @Override
    public Tracepoint.Writer text(int field, String value) {
      texts[field] = value;
      return this;
    }

    @Override
    public void emit() {
      Tracepoint emitted = tracepoint();
      emitted.happened(timeNanos());
      TraceListener[] listeners = gate == null ? emitted.listeners() : gate.listeners(this);
      for (TraceListener listener : listeners) listener.on(this);
    }

    @Override
    public Tracepoint tracepoint() {
      if (point == null) throw new IllegalStateException("no record has begun");
      return point;
    }

    @Override
    public long timeNanos() {
      return source.timeNanos();
    }

    @Override
    public int cpu() {
      return source.cpu();
    }

    @Override
    public int pid() {
      return source.task().pid();
    }

    @Override
    public String comm() {
      return source.task().comm();
    }

    @Override
    public int prio() {
      return source.prio();
    }

    @Override
    public int flags() {
      return source.flags();
    }

    @Override
    public int preemptCount() {
      return source.preemptCount();
    }

    @Override
    public CallNode stack() {
      return source.stack();
    }

    @Override
    public long number(int field) {
      return numbers[field];
    }

    @Override
    public String text(int field) {
      return texts[field];
    }
  }
}
