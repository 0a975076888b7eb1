package besser.experiment.plan;

import java.util.List;
import java.util.Optional;

/**
 * What may go wrong.
 *
 * @param number as the plan numbers it
 * @param words the plan's own text
 * @param evidence what would show the risk to be real or not
 * @param gates ids of the gates that demand this evidence; empty when the plan asks for none
 * @param check the name of the check that {@code besser check} answers it by; absent when there is
 *     none
 * @param ifReal what to do when the evidence says the risk is real
 */
public record Risk(
    int number,
    String title,
    String words,
    String evidence,
    List<String> gates,
    Optional<String> check,
    String ifReal) {

  public Risk {
    gates = List.copyOf(gates);
    if (number < 1) {
      throw new IllegalArgumentException("a risk's number must be >= 1, got " + number);
    }
  }
}
