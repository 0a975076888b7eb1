package besser.bes2600.driver;

/** A change of the plan's section 5 that stands on top of any topology, alone or with others. */
public enum FollowOn {
  /** Patch C2. */
  LIST_DELIVERY("Patch C2: ieee80211_rx_list per batch, bottom halves disabled, from one task"),
  /** Patch D. */
  BA_LOCK("Patch D: block-ack accounting on atomic counters, without ba_lock"),
  /** Patch E. */
  SKIP_PS_LOCK("Patch E: ps_state_lock is not taken for a station's frames");

  private final String summary;

  FollowOn(String summary) {
    this.summary = summary;
  }

  /** The name users type, such as {@code list-delivery}. */
  public String id() {
    return Variant.kebab(name());
  }

  /** One line on what it is. */
  public String summary() {
    return summary;
  }
}
