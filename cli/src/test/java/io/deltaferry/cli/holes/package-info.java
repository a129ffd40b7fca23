/**
 * Scripted interleavings: for each way in which rows could be lost, doubled or held back, the same
 * script with the rule that knows of it and without.
 *
 * <p>The stages are the real ones, several instances of them in one process, over a real PostgreSQL
 * and the local endpoints. A rule is switched off, and a moment is caught, by what a test puts
 * between a stage and its port.
 */
@NullMarked
package io.deltaferry.cli.holes;

import org.jspecify.annotations.NullMarked;
