/**
 * Chaos: the services work while everything that may happen to them happens, and both sides are
 * equal in the end.
 *
 * <p>Each service reaches Cloud Storage and BigQuery through a {@link io.deltaferry.cli.chaos.Door}
 * of its own, which knows every step it takes there.
 */
@NullMarked
package io.deltaferry.cli.chaos;

import org.jspecify.annotations.NullMarked;
