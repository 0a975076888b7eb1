package besser.trace.export;

import besser.trace.Frame;
import besser.trace.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers that stand for names, frames and call stacks. Each is explained in the packet that uses
 * it first; numbers are never used twice, even after a reset.
 */
final class PerfettoInterning {
  private static final int STACKS_LIMIT = 1 << 18;

  private final ProtoMessage pending = new ProtoMessage();
  private final ProtoMessage entry = new ProtoMessage();
  private final Map<String, Long> functions = new HashMap<>();
  private final Map<String, Long> mappings = new HashMap<>();
  private final Map<String, Long> kernelSymbols = new HashMap<>();
  private final Map<Frame, Long> frames = new HashMap<>();
  private final Map<Integer, Long> callstacks = new HashMap<>();
  private StackTree tree = new StackTree();
  private long lastId;

  /** Whether so much was explained that the reader should start afresh. */
  boolean isFull() {
    return tree.size() > STACKS_LIMIT || kernelSymbols.size() > STACKS_LIMIT;
  }

  /** Forgets everything; what is used next is explained again. */
  void reset() {
    pending.clear();
    functions.clear();
    mappings.clear();
    kernelSymbols.clear();
    frames.clear();
    callstacks.clear();
    tree = new StackTree();
  }

  /** What the next packet must explain. */
  Optional<ProtoMessage> takePending() {
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    ProtoMessage taken = new ProtoMessage();
    taken.append(pending);
    pending.clear();
    return Optional.of(taken);
  }

  long callstack(Sample sample) {
    StackTree.Node node = tree.add(tree.root(), sample);
    Long known = callstacks.get(node.id());
    if (known != null) {
      return known;
    }
    ProtoMessage callstack = new ProtoMessage();
    long id = ++lastId;
    callstack.number(PerfettoFields.INTERNED_ID, id);
    for (Frame frame : node.frames()) {
      callstack.number(PerfettoFields.CALLSTACK_FRAMES, frame(frame));
    }
    pending.message(PerfettoFields.INTERNED_CALLSTACKS, callstack);
    callstacks.put(node.id(), id);
    return id;
  }

  private long frame(Frame frame) {
    Long known = frames.get(frame);
    if (known != null) {
      return known;
    }
    long function = text(functions, PerfettoFields.INTERNED_FUNCTION_NAMES, frame.symbol());
    long mapping = mapping(frame.module());
    long id = ++lastId;
    entry.clear();
    entry.number(PerfettoFields.INTERNED_ID, id);
    entry.number(PerfettoFields.FRAME_FUNCTION_NAME, function);
    entry.number(PerfettoFields.FRAME_MAPPING, mapping);
    // only functions are known here, and readers tell frames apart by address
    entry.number(PerfettoFields.FRAME_RELATIVE_ADDRESS, id);
    pending.message(PerfettoFields.INTERNED_FRAMES, entry);
    frames.put(frame, id);
    return id;
  }

  private long mapping(String module) {
    Long known = mappings.get(module);
    if (known != null) {
      return known;
    }
    long path = ++lastId;
    intern(PerfettoFields.INTERNED_MAPPING_PATHS, path, module);
    long id = ++lastId;
    entry.clear();
    entry.number(PerfettoFields.INTERNED_ID, id);
    entry.number(PerfettoFields.MAPPING_PATH, path);
    pending.message(PerfettoFields.INTERNED_MAPPINGS, entry);
    mappings.put(module, id);
    return id;
  }

  long kernelSymbol(String name) {
    return text(kernelSymbols, PerfettoFields.INTERNED_KERNEL_SYMBOLS, name);
  }

  private long text(Map<String, Long> known, int field, String text) {
    Long id = known.get(text);
    if (id == null) {
      id = ++lastId;
      intern(field, id, text);
      known.put(text, id);
    }
    return id;
  }

  private void intern(int field, long id, String text) {
    entry.clear();
    entry.number(PerfettoFields.INTERNED_ID, id);
    entry.text(PerfettoFields.INTERNED_TEXT, text);
    pending.message(field, entry);
  }
}
