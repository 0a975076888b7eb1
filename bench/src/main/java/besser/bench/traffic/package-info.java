/**
 * besser's sender beside iperf3 and {@code pv -L | nc} on one veth pair, seen by one meter at the
 * receiving interface. Start reading at {@link besser.bench.traffic.TrafficComparison}.
 */
@NullMarked
package besser.bench.traffic;

import org.jspecify.annotations.NullMarked;
