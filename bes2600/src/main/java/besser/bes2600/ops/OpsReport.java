package besser.bes2600.ops;

import besser.bes2600.driver.Variant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one batch of received frames costs each variant: the figures of {@code besser ops}.
 *
 * @param frames frames in the one transfer, 1 to 16
 * @param outstanding frames sent before and not yet confirmed, 0 to 13
 * @param variants the variants in the order asked for
 */
public record OpsReport(int frames, int outstanding, List<VariantOps> variants) {
  /** Most messages in a transfer. */
  public static final int MAX_FRAMES = 16;

  /** Most frames that can be outstanding: one credit is kept for commands, one for the attempt. */
  public static final int MAX_OUTSTANDING = StillMachine.NUM_INP_CH_BUFS - 2;

  /**
   * One variant's figures.
   *
   * @param variant its name
   * @param operations per batch
   * @param steps every event of the batch, in order
   */
  public record VariantOps(String variant, Operations operations, List<OrderedStep> steps) {
    public VariantOps {
      steps = List.copyOf(steps);
    }
  }

  public OpsReport {
    if (frames < 1 || frames > MAX_FRAMES) {
      throw new IllegalArgumentException("frames must be in 1.." + MAX_FRAMES + ", got " + frames);
    }
    if (outstanding < 0 || outstanding > MAX_OUTSTANDING) {
      throw new IllegalArgumentException(
          "outstanding must be in 0.." + MAX_OUTSTANDING + ", got " + outstanding);
    }
    variants = List.copyOf(variants);
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("variants must name at least one, got none");
    }
  }

  /**
   * Receives one batch with each variant.
   *
   * @throws IllegalArgumentException when a number is out of its range
   */
  public static OpsReport of(List<Variant> variants, int frames, int outstanding) {
    List<VariantOps> counted = new ArrayList<>();
    OpsReport limits = new OpsReport(frames, outstanding, List.of(EMPTY));
    for (Variant variant : variants) {
      counted.add(receive(variant, limits.frames, limits.outstanding));
    }
    return new OpsReport(frames, outstanding, counted);
  }

  private static final VariantOps EMPTY =
      new VariantOps("none", new OperationCounter().operations(0), List.of());

  private static VariantOps receive(Variant variant, int frames, int outstanding) {
    StillMachine still = new StillMachine(variant);
    if (outstanding > 0) still.transmit(outstanding);
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < frames; i++) messages.add(still.unicast());
    still.card().offer(messages);
    still.startCounting();
    still.interrupt();
    return new VariantOps(variant.id(), still.operations(), still.steps());
  }
}
