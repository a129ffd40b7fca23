/** THE mapping of PostgreSQL types to what is staged and to BigQuery's types. */
@NullMarked
package io.deltaferry.type;

import org.jspecify.annotations.NullMarked;
