/** {@code deltaferry doctor}: what of a deployment is there, what is missing, and what mends it. */
@NullMarked
package io.deltaferry.cli.doctor;

import org.jspecify.annotations.NullMarked;
