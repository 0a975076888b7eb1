package besser.trace.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.KernelSymbols;
import besser.trace.LostEvents;
import besser.trace.MemoryEvent;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Decodes with protobuf's own decoder, by the field numbers of Perfetto's protos. */
class PerfettoTraceTest {
  private static final Field PREV_COMM = text("prev_comm", 0);
  private static final Field PREV_PID = number("prev_pid", "pid_t", 1);
  private static final Field PREV_STATE = number("prev_state", "long", 2);
  private static final EventFormat SWITCH =
      new EventFormat(
          1, "sched", "sched_switch", List.of(), List.of(PREV_COMM, PREV_PID, PREV_STATE), "");
  private static final Field FUNCTION = number("function", "void *", 0);
  private static final EventFormat EXECUTE =
      new EventFormat(2, "workqueue", "workqueue_execute_start", List.of(), List.of(FUNCTION), "");
  private static final Field RETRIES = number("retries", "int", 0);
  private static final EventFormat REQUEST =
      new EventFormat(3, "mmc", "mmc_request_done", List.of(), List.of(RETRIES), "");

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Test
  void writesEventsInBundlesOfTheirCpu() throws IOException {
    KernelSymbols symbols =
        new KernelSymbols(
            List.of(new KernelSymbols.Symbol(0x1000, 't', "sdio_rx_work", "bes2600")));
    try (PerfettoTrace trace = new PerfettoTrace(output)) {
      EventSink sink = trace.events(symbols);
      MemoryEvent event = new MemoryEvent(SWITCH);
      event.begin(SWITCH, 100, 0, 42, "app");
      event.set(PREV_COMM, "app");
      event.set(PREV_PID, 42);
      event.set(PREV_STATE, -1);
      sink.event(event);
      event.begin(EXECUTE, 200, 1, 7, "kworker");
      event.set(FUNCTION, 0x1000);
      sink.event(event);
      event.begin(REQUEST, 300, 0, 8, "mmcqd");
      event.set(RETRIES, -3);
      sink.event(event);
      sink.lost(new LostEvents(1, 400, 9));
    }

    List<UnknownFieldSet> packets = packets();
    List<UnknownFieldSet> bundles = new ArrayList<>();
    Map<Long, String> kernelSymbols = new HashMap<>();
    for (UnknownFieldSet packet : packets) {
      bundles.addAll(messages(packet, 1));
      for (UnknownFieldSet interned : messages(packet, 12)) {
        for (UnknownFieldSet symbol : messages(interned, 26)) {
          kernelSymbols.put(number(symbol, 1), string(symbol, 2));
        }
      }
    }
    UnknownFieldSet switchEvent = eventOf(bundles, 0, 0);
    assertEquals(100, number(switchEvent, 1));
    assertEquals(42, number(switchEvent, 2));
    UnknownFieldSet switched = messages(switchEvent, 4).getFirst();
    assertEquals("app", string(switched, 1));
    assertEquals(42, number(switched, 2));
    assertEquals(-1, number(switched, 4));
    UnknownFieldSet work = messages(eventOf(bundles, 1, 0), 58).getFirst();
    assertEquals(Map.of(number(work, 2), "sdio_rx_work"), kernelSymbols);
    UnknownFieldSet generic = messages(eventOf(bundles, 0, 1), 327).getFirst();
    assertEquals("mmc_request_done", string(generic, 1));
    UnknownFieldSet field = messages(generic, 2).getFirst();
    assertEquals("retries", string(field, 1));
    assertEquals(-3, number(field, 4));
    assertTrue(bundles.stream().anyMatch(bundle -> bundle.hasField(3)));
  }

  @Test
  void explainsEveryNameFrameAndStackBeforeItIsUsed() throws IOException {
    try (PerfettoTrace trace = new PerfettoTrace(output)) {
      trace.samples().sample(sample(7, StubSample.RX_WORK, StubSample.WORKER));
      trace.samples().sample(sample(7, StubSample.RX_WORK, StubSample.WORKER));
      trace.samples().sample(sample(8, StubSample.MAIN));
      trace.samples().lost(new LostEvents(1, 5, 17));
    }

    List<UnknownFieldSet> packets = packets();
    assertEquals(3, number(packets.getFirst(), 13), "the first packet clears and needs state");
    Interned interned = new Interned();
    List<String> stacks = new ArrayList<>();
    long lost = 0;
    List<String> threads = new ArrayList<>();
    for (UnknownFieldSet packet : packets) {
      interned.add(packet);
      for (UnknownFieldSet sample : messages(packet, 66)) {
        if (sample.hasField(17)) {
          lost += number(sample, 17);
        } else {
          stacks.add(number(sample, 3) + ": " + interned.stack(number(sample, 4)));
          assertEquals(250_000, number(sample, 6));
        }
      }
      for (UnknownFieldSet tree : messages(packet, 2)) {
        threads.add(string(messages(tree, 2).getFirst(), 2));
      }
    }
    assertEquals(
        List.of(
            "7: worker_thread@[kernel.kallsyms] rx_work@[bes2600]",
            "7: worker_thread@[kernel.kallsyms] rx_work@[bes2600]",
            "8: main;\"x\"@/bin/app"),
        stacks);
    assertEquals(17, lost);
    assertEquals(List.of("task 7", "task 8"), threads);
  }

  @Test
  void flushesFullBundles() throws IOException {
    try (PerfettoTrace trace = new PerfettoTrace(output)) {
      EventSink sink = trace.events(KernelSymbols.empty());
      MemoryEvent event = new MemoryEvent(REQUEST);
      for (int i = 0; i < 5000; i++) {
        event.begin(REQUEST, i, 0, 1, "x");
        sink.event(event);
      }
    }

    List<UnknownFieldSet> packets = packets();
    long events = 0;
    for (UnknownFieldSet packet : packets) {
      for (UnknownFieldSet bundle : messages(packet, 1)) {
        events += messages(bundle, 2).size();
      }
    }
    assertTrue(packets.size() > 3);
    assertEquals(5000, events);
  }

  private static StubSample sample(int tid, besser.trace.Frame... frames) {
    return StubSample.of(tid, "task " + tid, 1, frames);
  }

  private static Field number(String name, String type, int index) {
    return new Field(name, type, index, 8 * index, 8, 8, true, Field.Kind.NUMBER);
  }

  private static Field text(String name, int index) {
    return new Field(name, "char[16]", index, 0, 16, 1, true, Field.Kind.TEXT);
  }

  private List<UnknownFieldSet> packets() throws IOException {
    return messages(UnknownFieldSet.parseFrom(output.toByteArray()), 1);
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet from, int field)
      throws IOException {
    List<UnknownFieldSet> messages = new ArrayList<>();
    for (ByteString bytes : from.getField(field).getLengthDelimitedList()) {
      messages.add(UnknownFieldSet.parseFrom(bytes));
    }
    return messages;
  }

  private static long number(UnknownFieldSet from, int field) {
    return from.getField(field).getVarintList().getFirst();
  }

  private static String string(UnknownFieldSet from, int field) {
    return from.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
  }

  private static UnknownFieldSet eventOf(List<UnknownFieldSet> bundles, int cpu, int index)
      throws IOException {
    for (UnknownFieldSet bundle : bundles) {
      if (number(bundle, 1) == cpu && bundle.hasField(2)) {
        return messages(bundle, 2).get(index);
      }
    }
    throw new AssertionError("no events of cpu " + cpu);
  }

  /** What a reader knows so far. */
  private static final class Interned {
    private final Map<Long, String> functions = new HashMap<>();
    private final Map<Long, String> paths = new HashMap<>();
    private final Map<Long, String> mappings = new HashMap<>();
    private final Map<Long, String> frames = new HashMap<>();
    private final Map<Long, String> stacks = new HashMap<>();

    void add(UnknownFieldSet packet) throws IOException {
      for (UnknownFieldSet data : messages(packet, 12)) {
        for (UnknownFieldSet entry : messages(data, 5)) {
          functions.put(number(entry, 1), string(entry, 2));
        }
        for (UnknownFieldSet entry : messages(data, 17)) {
          paths.put(number(entry, 1), string(entry, 2));
        }
        for (UnknownFieldSet entry : messages(data, 19)) {
          mappings.put(number(entry, 1), known(paths, number(entry, 7)));
        }
        for (UnknownFieldSet entry : messages(data, 6)) {
          frames.put(
              number(entry, 1),
              known(functions, number(entry, 2)) + "@" + known(mappings, number(entry, 3)));
        }
        for (UnknownFieldSet entry : messages(data, 7)) {
          List<String> names = new ArrayList<>();
          for (long frame : entry.getField(2).getVarintList()) {
            names.add(known(frames, frame));
          }
          stacks.put(number(entry, 1), String.join(" ", names));
        }
      }
    }

    String stack(long id) {
      return known(stacks, id);
    }

    private static String known(Map<Long, String> names, long id) {
      String name = names.get(id);
      if (name == null) {
        throw new AssertionError("id " + id + " was not explained");
      }
      return name;
    }
  }
}
