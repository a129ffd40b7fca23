/**
 * Chaos: the services work while everything that may happen to them happens, and both sides are
 * equal in the end.
 *
 * <p>Each process reaches its endpoints through {@link io.deltaferry.cli.chaos.Doors} of its own,
 * which know every step it takes.
 */
@NullMarked
package io.deltaferry.cli.chaos;

import org.jspecify.annotations.NullMarked;
