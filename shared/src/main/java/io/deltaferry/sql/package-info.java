/** Pure generators of SQL text, and the only two types that quote identifiers. */
@NullMarked
package io.deltaferry.sql;

import org.jspecify.annotations.NullMarked;
