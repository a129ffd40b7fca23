/** What the stages say to each other, its one codec, and the envelopes it arrives in. */
@NullMarked
package io.deltaferry.message;

import org.jspecify.annotations.NullMarked;
