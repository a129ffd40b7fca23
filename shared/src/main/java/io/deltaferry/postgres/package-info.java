/** The only code that knows JDBC: sessions, catalog, failures. */
@NullMarked
package io.deltaferry.postgres;

import org.jspecify.annotations.NullMarked;
