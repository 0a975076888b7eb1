package besser.forecast.profile;

import java.util.List;
import java.util.stream.Collectors;

/** A profile file is not one; the message lists everything wrong with it, a line each. */
public final class ProfileRejected extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ProfileProblem> problems;

  /** With at least one problem. */
  public ProfileRejected(List<ProfileProblem> problems) {
    super(problems.stream().map(ProfileProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Everything wrong, in the order of the file. */
  public List<ProfileProblem> problems() {
    return problems;
  }
}
