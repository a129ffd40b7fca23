/** The only code that knows Google's clients. */
@NullMarked
package io.deltaferry.gcp;

import org.jspecify.annotations.NullMarked;
