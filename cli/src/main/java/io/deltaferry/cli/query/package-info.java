/** {@code deltaferry query}: runs one statement and prints its rows. */
@NullMarked
package io.deltaferry.cli.query;

import org.jspecify.annotations.NullMarked;
