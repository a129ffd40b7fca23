/** The deltaferry command. */
@NullMarked
package io.deltaferry.cli;

import org.jspecify.annotations.NullMarked;
