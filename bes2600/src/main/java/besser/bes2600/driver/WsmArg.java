package besser.bes2600.driver;

/** What {@code wsm_cmd.arg} points to while a command is outstanding. */
sealed interface WsmArg {
  /** No argument. */
  record None() implements WsmArg {}

  /** {@code struct wsm_mib}. */
  record Mib(int mibId, int bytes) implements WsmArg {}

  /** {@code struct wsm_configuration}. */
  record Configuration() implements WsmArg {}

  /** {@code struct wsm_join}. */
  record Join() implements WsmArg {}
}
