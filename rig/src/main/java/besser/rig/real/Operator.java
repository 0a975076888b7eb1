package besser.rig.real;

import java.util.List;

/** The person at the device. besser changes nothing there that this person has not allowed. */
public interface Operator {
  /**
   * Whether these commands may be run as the device's user.
   *
   * @param where at the receiver or at the sender
   * @param commands as they would be run
   */
  boolean allows(String where, List<String> commands);

  /**
   * Says what is to be done by hand. besser goes on by itself once it recognises that it is done.
   *
   * @param what to do, and how besser will recognise it
   */
  void toDo(String what);

  /** Says something that is good to know and asks for nothing. */
  void note(String line);

  /** An operator who allows nothing and reads nothing. */
  static Operator absent() {
    return new Operator() {
      @Override
      public boolean allows(String where, List<String> commands) {
        return false;
      }

      @Override
      public void toDo(String what) {}

      @Override
      public void note(String line) {}
    };
  }
}
