/** Loads a staged delta into a temp table. */
@NullMarked
package io.deltaferry.loader;

import org.jspecify.annotations.NullMarked;
