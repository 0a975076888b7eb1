package besser.bes2600.driver;

/** {@code ps_state_lock} where every frame of a station takes it: on its way in and out. */
sealed interface PsStateLock {
  void lockBh(Bes2600Vif priv);

  void unlockBh(Bes2600Vif priv);

  /** As shipped. */
  record Taken() implements PsStateLock {
    @Override
    public void lockBh(Bes2600Vif priv) {
      priv.psStateLock.lockBh();
    }

    @Override
    public void unlockBh(Bes2600Vif priv) {
      priv.psStateLock.unlockBh();
    }
  }

  /**
   * Patch E: skipped when the firmware has no power management for stations that would sleep, which
   * is the case here. What the lock protects is still read and written.
   */
  record Skipped() implements PsStateLock {
    @Override
    public void lockBh(Bes2600Vif priv) {}

    @Override
    public void unlockBh(Bes2600Vif priv) {}
  }
}
