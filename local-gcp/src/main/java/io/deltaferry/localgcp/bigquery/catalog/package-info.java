/**
 * What exists: datasets, tables, views and their metadata, kept in the file that keeps the data.
 */
@NullMarked
package io.deltaferry.localgcp.bigquery.catalog;

import org.jspecify.annotations.NullMarked;
