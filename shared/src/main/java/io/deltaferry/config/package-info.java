/** Reading settings: positions, substitution, secrets, and all problems in one error. */
@NullMarked
package io.deltaferry.config;

import org.jspecify.annotations.NullMarked;
