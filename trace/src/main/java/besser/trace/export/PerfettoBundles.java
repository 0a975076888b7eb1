package besser.trace.export;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Gathers the events of each CPU into bundles, which is how the format holds them. */
final class PerfettoBundles {
  private static final int FULL_BYTES = 1 << 15;

  private final Consumer<ProtoMessage> writer;
  private final Map<Integer, ProtoMessage> bundleOfCpu = new TreeMap<>();

  /**
   * @param writer receives each full bundle
   */
  PerfettoBundles(Consumer<ProtoMessage> writer) {
    this.writer = writer;
  }

  void add(int cpu, ProtoMessage event) {
    ProtoMessage bundle = bundle(cpu);
    bundle.message(PerfettoFields.BUNDLE_EVENT, event);
    if (bundle.size() >= FULL_BYTES) {
      write(bundle);
    }
  }

  /** Begins a new bundle that says that events are missing before it. */
  void lost(int cpu) {
    write(bundle(cpu));
    bundle(cpu).number(PerfettoFields.BUNDLE_LOST_EVENTS, 1);
  }

  private ProtoMessage bundle(int cpu) {
    ProtoMessage bundle = bundleOfCpu.computeIfAbsent(cpu, ignored -> new ProtoMessage());
    if (bundle.isEmpty()) {
      bundle.number(PerfettoFields.BUNDLE_CPU, cpu);
    }
    return bundle;
  }

  private void write(ProtoMessage bundle) {
    if (!bundle.isEmpty()) {
      writer.accept(bundle);
      bundle.clear();
    }
  }

  void flush() {
    bundleOfCpu.values().forEach(this::write);
  }
}
