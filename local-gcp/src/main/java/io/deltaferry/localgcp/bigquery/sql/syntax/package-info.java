/** GoogleSQL text to a small syntax tree: lexer, script splitter, recursive-descent parser. */
@NullMarked
package io.deltaferry.localgcp.bigquery.sql.syntax;

import org.jspecify.annotations.NullMarked;
