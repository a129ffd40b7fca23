@NullMarked
package io.deltaferry.localgcp.bigquery.sql;

import org.jspecify.annotations.NullMarked;
