package besser.bes2600.air;

/**
 * The access point's beacons.
 *
 * @param intervalTimeUnits between beacons, in units of 1,024 µs, 1 to 65535
 * @param dtimPeriod every how many beacons group traffic is announced, 1 to 255
 * @param frameBytes length of a beacon without FCS, 36 to 2300
 * @param robustSteps rate steps that the basic rate lies below the data rate; each halves the loss
 */
public record BeaconParameters(
    int intervalTimeUnits, int dtimPeriod, int frameBytes, int robustSteps) {
  public BeaconParameters {
    require("beacon interval", intervalTimeUnits, 1, 65535);
    require("dtim period", dtimPeriod, 1, 255);
    require("beacon bytes", frameBytes, 36, 2300);
    require("robust steps", robustSteps, 0, 30);
  }

  private static void require(String what, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          what + " must be in " + low + ".." + high + ", got " + value);
    }
  }
}
