/** {@code deltaferry status}: where every table stands. */
@NullMarked
package io.deltaferry.cli.status;

import org.jspecify.annotations.NullMarked;
