package besser.check;

import java.util.List;

/**
 * Something that is wrong in a run.
 *
 * @param kind what class of defect
 * @param message one line in lower case: what happened to what
 * @param sites the places involved, such as both accesses of a race; may be empty
 * @param notes further lines: hints, the chain of events that led there
 * @param key what makes two findings the same, over runs and versions: no times, no numbers of
 *     objects
 */
public record Finding(
    FindingKind kind, String message, List<Site> sites, List<String> notes, String key) {
  public Finding {
    if (message.isBlank()) throw new IllegalArgumentException("message must not be blank");
    if (key.isBlank()) throw new IllegalArgumentException("key must not be blank");
    sites = List.copyOf(sites);
    notes = List.copyOf(notes);
  }

  /** A finding without notes whose key is its kind and its message. */
  public static Finding of(FindingKind kind, String message, Site... sites) {
    return new Finding(kind, message, List.of(sites), List.of(), kind.id() + ": " + message);
  }

  /** The key with its kind: unique over all checkers. */
  public String id() {
    return key.startsWith(kind.id() + ":") ? key : kind.id() + ": " + key;
  }
}
