/** The whole way of a delta, with everything that goes wrong on it. */
@NullMarked
package io.deltaferry.cli.endtoend;

import org.jspecify.annotations.NullMarked;
