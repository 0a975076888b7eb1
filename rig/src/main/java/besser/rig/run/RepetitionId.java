package besser.rig.run;

/**
 * One repetition of one arm.
 *
 * @param variant what ran: a driver variant, or a state of a real device
 * @param number from 1
 */
public record RepetitionId(String variant, int number) {
  public RepetitionId {
    if (!variant.matches("[a-z0-9][a-z0-9+.-]*")) {
      throw new IllegalArgumentException(
          "a variant is spelled in lower case letters, digits and dashes, got '" + variant + "'");
    }
    if (number < 1) throw new IllegalArgumentException("repetition must be >= 1, got " + number);
  }

  @Override
  public String toString() {
    return variant + " " + number;
  }
}
