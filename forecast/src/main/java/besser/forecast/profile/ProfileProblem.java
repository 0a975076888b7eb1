package besser.forecast.profile;

/**
 * Something wrong in a profile file.
 *
 * @param file as the user named it
 * @param line from 1
 * @param column from 1
 * @param expected what should be there
 * @param found what is there
 */
public record ProfileProblem(String file, int line, int column, String expected, String found) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": expected " + expected + ", found " + found;
  }
}
