/** Merges a loaded delta into its target. */
@NullMarked
package io.deltaferry.merger;

import org.jspecify.annotations.NullMarked;
