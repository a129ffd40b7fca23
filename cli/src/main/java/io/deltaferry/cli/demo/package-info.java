/** The demo's data: real flights and generated school tables, and a batch of changes to them. */
@NullMarked
package io.deltaferry.cli.demo;

import org.jspecify.annotations.NullMarked;
