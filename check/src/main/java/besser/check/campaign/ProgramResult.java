package besser.check.campaign;

import besser.check.explore.Exploration;

/**
 * One program's search.
 *
 * @param program its name
 * @param exploration its outcome
 */
public record ProgramResult(String program, Exploration exploration) {}
