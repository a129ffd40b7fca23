/**
 * Trials of a size that no build has the time for: started by hand with the profile {@code
 * at-scale}. Each prints what it saw, and fails when a row is missing or wrong.
 */
@NullMarked
package io.deltaferry.cli.scale;

import org.jspecify.annotations.NullMarked;
