package besser.check.lockdep;

/**
 * One class was taken while another was held.
 *
 * @param from the one held
 * @param to the one taken
 * @param held where the first was taken
 * @param taken where the second was taken
 */
record Edge(Node from, Node to, Place held, Place taken) {}
