package besser.kernel.mmc;

import besser.kernel.observe.TraceField;
import besser.kernel.observe.Tracepoint;
import besser.kernel.observe.Tracepoints;

/**
 * {@code mmc:mmc_request_start} and {@code mmc:mmc_request_done}, with the fields of Linux 6.12.
 */
final class MmcTracepoints {
  private static final int RETUNE_FIELDS = 6;

  private final Tracepoint start;
  private final Tracepoint done;

  MmcTracepoints(Tracepoints registry) {
    start =
        registry.declare(
            "mmc",
            "mmc_request_start",
            "",
            u32("cmd_opcode"),
            u32("cmd_arg"),
            u32("cmd_flags"),
            u32("cmd_retries"),
            u32("blocks"),
            u32("blk_addr"),
            u32("blksz"),
            u32("data_flags"),
            u32("can_retune"),
            u32("doing_retune"),
            u32("retune_now"),
            s32("need_retune"),
            s32("hold_retune"),
            u32("retune_period"),
            TraceField.pointer("mrq"),
            TraceField.dynamicText("name"));
    done =
        registry.declare(
            "mmc",
            "mmc_request_done",
            "",
            u32("cmd_opcode"),
            s32("cmd_err"),
            TraceField.number("cmd_resp", "u32", 4, false),
            u32("cmd_retries"),
            u32("bytes_xfered"),
            s32("data_err"),
            u32("can_retune"),
            u32("doing_retune"),
            u32("retune_now"),
            s32("need_retune"),
            s32("hold_retune"),
            u32("retune_period"),
            TraceField.pointer("mrq"),
            TraceField.dynamicText("name"));
  }

  private static TraceField u32(String name) {
    return TraceField.number(name, "unsigned int", 4, false);
  }

  private static TraceField s32(String name) {
    return TraceField.number(name, "int", 4, true);
  }

  void started(MmcRequest request, MmcHost host) {
    if (!start.isEnabled()) return;
    Tracepoint.Writer writer =
        start
            .begin()
            .number(0, request.opcode)
            .number(1, Integer.toUnsignedLong(request.argument))
            .number(2, request.commandFlags)
            .number(3, 0)
            .number(4, request.blocks)
            .number(5, 0)
            .number(6, request.blockBytes)
            .number(7, request.dataFlags());
    retune(writer, 8, host);
    writer.number(8 + RETUNE_FIELDS, host.requestAddress()).text(15, host.name()).emit();
  }

  void finished(MmcRequest request, MmcHost host) {
    if (!done.isEnabled()) return;
    Tracepoint.Writer writer =
        done.begin()
            .number(0, request.opcode)
            .number(1, request.commandError)
            .number(2, Integer.toUnsignedLong(request.response))
            .number(3, 0)
            .number(4, request.dataError == 0 ? request.length : 0)
            .number(5, request.dataError);
    retune(writer, 6, host);
    writer.number(6 + RETUNE_FIELDS, host.requestAddress()).text(13, host.name()).emit();
  }

  private static void retune(Tracepoint.Writer writer, int first, MmcHost host) {
    writer
        .number(first, 1)
        .number(first + 1, host.isDoingRetune() ? 1 : 0)
        .number(first + 2, host.isRetuneNow() ? 1 : 0)
        .number(first + 3, host.needsRetune() ? 1 : 0)
        .number(first + 4, host.retuneHolds())
        .number(first + 5, 0);
  }
}
