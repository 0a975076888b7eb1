package besser.kernel.machine;

import besser.kernel.KernelFunction;
import java.util.Optional;

/**
 * What a task did so far.
 *
 * @param pid process id
 * @param comm command name
 * @param cpuNanos time on a CPU, interrupts on top of it included
 * @param waitNanos time runnable but waiting in a run queue
 * @param voluntarySwitches times it blocked
 * @param involuntarySwitches times it was preempted
 * @param waitingFor what it sleeps in, empty when it does not
 * @param work the function of the work item that it executes
 */
public record TaskStats(
    int pid,
    String comm,
    long cpuNanos,
    long waitNanos,
    long voluntarySwitches,
    long involuntarySwitches,
    String waitingFor,
    Optional<KernelFunction> work) {}
