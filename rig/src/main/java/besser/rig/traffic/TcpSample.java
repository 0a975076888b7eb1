package besser.rig.traffic;

import besser.rig.linux.TcpInfo;

/**
 * What TCP knew at one moment.
 *
 * @param atSeconds since the step's start
 * @param info the kernel's figures
 */
public record TcpSample(double atSeconds, TcpInfo info) {}
