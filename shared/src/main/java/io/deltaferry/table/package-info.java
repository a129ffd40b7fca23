/** The table file and the schema of a table. */
@NullMarked
package io.deltaferry.table;

import org.jspecify.annotations.NullMarked;
