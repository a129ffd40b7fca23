/** {@code deltaferry sync}: asks for tables, and follows their runs to the end. */
@NullMarked
package io.deltaferry.cli.sync;

import org.jspecify.annotations.NullMarked;
