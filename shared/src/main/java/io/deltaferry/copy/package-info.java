/** Carries the rows of one COPY into compressed parts. */
@NullMarked
package io.deltaferry.copy;

import org.jspecify.annotations.NullMarked;
