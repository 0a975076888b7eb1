package besser.check.campaign;

/** Told how a campaign gets on, and asked whether it may. */
public interface CampaignProgress {
  /** A program is being searched. */
  void searching(String program, long schedules, int findings);

  /** A finding is being shrunk. */
  void shrinking(String findingId, int number, int of);

  /** Whether to stop early, with what was found so far; asked by every worker. */
  boolean stopRequested();
}
