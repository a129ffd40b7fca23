/** The HTTP routes of BigQuery v2 and the discovery document that describes them. */
@NullMarked
package io.deltaferry.localgcp.bigquery.rest;

import org.jspecify.annotations.NullMarked;
