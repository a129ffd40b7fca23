/** {@code deltaferry dead-letters}: what was given up, and how it is asked for again. */
@NullMarked
package io.deltaferry.cli.deadletter;

import org.jspecify.annotations.NullMarked;
