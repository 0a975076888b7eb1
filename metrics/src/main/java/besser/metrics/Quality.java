package besser.metrics;

/** How far a figure can be trusted. */
public sealed interface Quality {

  /** Nothing is known to be missing from what it was computed from. */
  record Sound() implements Quality {}

  /**
   * The kernel discarded some of what it was computed from, so it is a lower bound at best.
   *
   * @param lost how many events or samples of the stream are missing from the window, {@code >= 0};
   *     those of gaps whose size the kernel did not say are not in it
   * @param gapsOfUnknownSize how many such gaps there are, {@code >= 0}
   */
  record Lossy(long lost, int gapsOfUnknownSize) implements Quality {
    public Lossy {
      if (lost < 0 || gapsOfUnknownSize < 0) {
        throw new IllegalArgumentException(
            "lost events and gaps must be >= 0, got " + lost + " and " + gapsOfUnknownSize);
      }
      if (lost == 0 && gapsOfUnknownSize == 0) {
        throw new IllegalArgumentException("a lossy figure must have lost something, got 0");
      }
    }
  }

  /** There is no figure. */
  record Missing(String reason) implements Quality {
    public Missing {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("a missing figure needs a reason");
      }
    }
  }

  /** The quality of what is computed from two things. */
  default Quality and(Quality other) {
    return switch (this) {
      case Sound sound -> other;
      case Missing missing -> missing;
      case Lossy(long lost, int gaps) ->
          switch (other) {
            case Sound sound -> this;
            case Missing missing -> missing;
            case Lossy(long othersLost, int othersGaps) ->
                new Lossy(Math.max(lost, othersLost), Math.max(gaps, othersGaps));
          };
    };
  }

  /** One line for a reader. */
  default String sentence() {
    return switch (this) {
      case Sound sound -> "ok";
      case Missing(String reason) -> "missing: " + reason;
      case Lossy(long lost, int gaps) ->
          gaps == 0
              ? lost + " lost in this window"
              : lost + " lost in this window, and " + gaps + " gaps of unknown size";
    };
  }
}
