package besser.kernel.mmc;

import besser.kernel.observe.TraceField;
import besser.kernel.observe.Tracepoint;
import besser.kernel.observe.Tracepoints;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code mmc:mmc_request_start} and {@code mmc:mmc_request_done}, with the fields of Linux 6.12 in
 * their order. Responses are arrays of four words there and one word here: SDIO commands have no
 * longer ones. There are no stop or set-block-count commands, so their fields are 0.
 */
final class MmcTracepoints {
  private static final List<String> RETUNE =
      List.of("can_retune", "doing_retune", "retune_now", "need_retune", "hold_retune");

  private final Tracepoint start;
  private final Tracepoint done;

  MmcTracepoints(Tracepoints registry) {
    start = declare(registry, "mmc_request_start", "start", startFields());
    done = declare(registry, "mmc_request_done", "end", doneFields());
  }

  private static List<TraceField> startFields() {
    List<TraceField> fields = new ArrayList<>();
    for (String prefix : List.of("cmd", "stop", "sbc")) {
      for (String part : List.of("opcode", "arg", "flags")) fields.add(u32(prefix + "_" + part));
      // the kernel's own spelling
      fields.add(u32(prefix.equals("sbc") ? "sbc_retires" : prefix + "_retries"));
    }
    for (String name : List.of("blocks", "blk_addr", "blksz", "data_flags")) fields.add(u32(name));
    fields.add(s32("tag"));
    addRest(fields);
    return fields;
  }

  private static List<TraceField> doneFields() {
    List<TraceField> fields = new ArrayList<>();
    for (String prefix : List.of("cmd", "stop", "sbc")) {
      fields.add(u32(prefix + "_opcode"));
      fields.add(s32(prefix + "_err"));
      fields.add(TraceField.number(prefix + "_resp", "u32", 4, false));
      fields.add(u32(prefix + "_retries"));
    }
    fields.add(u32("bytes_xfered"));
    fields.add(s32("data_err"));
    fields.add(s32("tag"));
    addRest(fields);
    return fields;
  }

  private static void addRest(List<TraceField> fields) {
    for (String name : RETUNE) {
      fields.add(name.equals("need_retune") || name.equals("hold_retune") ? s32(name) : u32(name));
    }
    fields.add(u32("retune_period"));
    fields.add(TraceField.pointer("mrq"));
    fields.add(TraceField.dynamicText("name"));
  }

  /** Declares an event; its text names every field, as Linux's does. */
  private static Tracepoint declare(
      Tracepoints registry, String name, String what, List<TraceField> fields) {
    StringBuilder text = new StringBuilder("\"%s: " + what + " struct mmc_request[%p]:");
    StringBuilder arguments = new StringBuilder("__get_str(name), REC->mrq");
    for (TraceField field : fields) {
      if (field.kind() != TraceField.Kind.NUMBER) continue;
      text.append(' ').append(field.name()).append('=').append(format(field));
      arguments.append(", REC->").append(field.name());
    }
    return registry.declare(
        "mmc", name, text + "\", " + arguments, fields.toArray(new TraceField[0]));
  }

  private static String format(TraceField field) {
    if (field.signed()) return "%d";
    String name = field.name();
    boolean bits = name.endsWith("arg") || name.endsWith("flags") || name.endsWith("resp");
    return bits ? "0x%x" : "%u";
  }

  private static TraceField u32(String name) {
    return TraceField.number(name, "unsigned int", 4, false);
  }

  private static TraceField s32(String name) {
    return TraceField.number(name, "int", 4, true);
  }

  void started(MmcRequest request, MmcHost host) {
    if (!start.isEnabled()) return;
    Tracepoint.Writer writer = start.begin();
    int at = 0;
    writer.number(at++, request.opcode);
    writer.number(at++, Integer.toUnsignedLong(request.argument));
    writer.number(at++, request.commandFlags);
    at = zeros(writer, at, 9);
    writer.number(at++, request.blocks);
    writer.number(at++, 0);
    writer.number(at++, request.blockBytes);
    writer.number(at++, request.dataFlags());
    finish(writer, at, host);
  }

  void finished(MmcRequest request, MmcHost host) {
    if (!done.isEnabled()) return;
    Tracepoint.Writer writer = done.begin();
    int at = 0;
    writer.number(at++, request.opcode);
    writer.number(at++, request.commandError);
    writer.number(at++, Integer.toUnsignedLong(request.response));
    at = zeros(writer, at, 9);
    writer.number(at++, request.dataError == 0 ? request.length : 0);
    writer.number(at++, request.dataError);
    finish(writer, at, host);
  }

  private static int zeros(Tracepoint.Writer writer, int from, int count) {
    for (int i = 0; i < count; i++) writer.number(from + i, 0);
    return from + count;
  }

  private static void finish(Tracepoint.Writer writer, int from, MmcHost host) {
    int at = from;
    writer.number(at++, 0);
    writer.number(at++, 1);
    writer.number(at++, host.isDoingRetune() ? 1 : 0);
    writer.number(at++, host.isRetuneNow() ? 1 : 0);
    writer.number(at++, host.needsRetune() ? 1 : 0);
    writer.number(at++, host.retuneHolds());
    writer.number(at++, 0);
    writer.number(at++, host.requestAddress());
    writer.text(at, host.name()).emit();
  }
}
