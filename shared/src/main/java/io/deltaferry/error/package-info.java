/** The one exception type, its stable codes and its two kinds. */
@NullMarked
package io.deltaferry.error;

import org.jspecify.annotations.NullMarked;
