/** What the tests of all modules share. */
@NullMarked
package io.deltaferry.testing;

import org.jspecify.annotations.NullMarked;
