package besser.rig.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** One line of the journal: what happened, when. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JournalEntry.Begun.class, name = "begun"),
  @JsonSubTypes.Type(value = JournalEntry.Registered.class, name = "registered"),
  @JsonSubTypes.Type(value = JournalEntry.Started.class, name = "repetition-started"),
  @JsonSubTypes.Type(value = JournalEntry.Finished.class, name = "repetition-finished"),
  @JsonSubTypes.Type(value = JournalEntry.Resumed.class, name = "resumed"),
  @JsonSubTypes.Type(value = JournalEntry.Interrupted.class, name = "interrupted"),
  @JsonSubTypes.Type(value = JournalEntry.Judged.class, name = "judged")
})
public sealed interface JournalEntry {
  /** When, as ISO 8601 in UTC. */
  String at();

  /** The present moment, as entries spell it. */
  static String now() {
    return Instant.now().toString();
  }

  /** The run was created. */
  record Begun(String at, String besserVersion) implements JournalEntry {}

  /** The plan was registered with this hash, before anything patched was measured. */
  record Registered(String at, String hash) implements JournalEntry {}

  /** A repetition started. */
  record Started(String at, RepetitionId repetition) implements JournalEntry {}

  /** A repetition's files are whole on disk; the digest is that of its record. */
  record Finished(String at, RepetitionId repetition, String sha256) implements JournalEntry {}

  /** A killed or interrupted run goes on. */
  record Resumed(String at, String besserVersion) implements JournalEntry {}

  /** The operator stopped the run. */
  record Interrupted(String at) implements JournalEntry {}

  /** The verdict was written. */
  record Judged(String at, String decision, String sha256) implements JournalEntry {}
}
