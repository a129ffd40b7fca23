/** Brings one table's delta from PostgreSQL into Cloud Storage. */
@NullMarked
package io.deltaferry.extractor;

import org.jspecify.annotations.NullMarked;
