package io.deltaferry.error;

/** What a service does about a failure (architecture rule 11). */
public enum ErrorKind {
  /** Recorded, dead-lettered with its reason, acknowledged; the run ends. */
  PERMANENT,
  /** Answered with 5xx and delivered again; given up on the last delivery, and PERMANENT then. */
  TRANSIENT
}
