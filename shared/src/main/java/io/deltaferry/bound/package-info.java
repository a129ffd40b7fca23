/**
 * What a database shows of its transactions, and the moment before which all of them have ended.
 */
@NullMarked
package io.deltaferry.bound;

import org.jspecify.annotations.NullMarked;
