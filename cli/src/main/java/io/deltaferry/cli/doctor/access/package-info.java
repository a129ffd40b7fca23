/** The checks of who may do what: the services, and the person who runs the command. */
@NullMarked
package io.deltaferry.cli.doctor.access;

import org.jspecify.annotations.NullMarked;
