/**
 * A model check: the stages of the three services, with all their ports in memory, play random
 * histories of writers, crashes and deliveries.
 *
 * <p>One thread, and a clock that the history moves: the same history always ends the same. A
 * delivery that is held goes on after others, which is how two instances meet.
 */
@NullMarked
package io.deltaferry.cli.model;

import org.jspecify.annotations.NullMarked;
