package besser.experiment.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The spelling of a closed choice in a plan: {@code KERNEL_LOG} is {@code kernel-log}. */
final class Words {
  private Words() {}

  static String kebab(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E read(Class<E> choice, String text) {
    return Arrays.stream(choice.getEnumConstants())
        .filter(constant -> kebab(constant.name()).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("one of " + list(choice)));
  }

  static <E extends Enum<E>> String list(Class<E> choice) {
    return Arrays.stream(choice.getEnumConstants())
        .map(constant -> kebab(constant.name()))
        .collect(Collectors.joining(", "));
  }
}
