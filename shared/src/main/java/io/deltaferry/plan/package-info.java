/** A run's frozen decisions and the arithmetic of the watermark. */
@NullMarked
package io.deltaferry.plan;

import org.jspecify.annotations.NullMarked;
