/** Proposes a table file for a database that has none yet. */
@NullMarked
package io.deltaferry.cli.discover;

import org.jspecify.annotations.NullMarked;
