/** The server around a function: the images start it, and the local stack does. */
@NullMarked
package io.deltaferry.serving;

import org.jspecify.annotations.NullMarked;
