/** The checks of the source database, with the login that the services use. */
@NullMarked
package io.deltaferry.cli.doctor.database;

import org.jspecify.annotations.NullMarked;
