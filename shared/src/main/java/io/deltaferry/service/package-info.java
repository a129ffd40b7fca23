/** What the three services have in common: settings, the HTTP entry, the end of a run. */
@NullMarked
package io.deltaferry.service;

import org.jspecify.annotations.NullMarked;
