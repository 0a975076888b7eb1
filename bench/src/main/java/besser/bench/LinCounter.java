package besser.bench;

import org.jetbrains.lincheck.datastructures.Operation;

/** A counter whose increments are not atomic, in the form that Lincheck tests. */
public class LinCounter {
  private int counter;

  /** Without a result, so that every interleaving is allowed and none ends the search. */
  @Operation
  public void increment() {
    int read = counter;
    counter = read + 1;
  }
}
