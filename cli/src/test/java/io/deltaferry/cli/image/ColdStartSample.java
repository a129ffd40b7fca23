package io.deltaferry.cli.image;

/**
 * One process and its first message.
 *
 * @param readyMillis from the start until the health path answers
 * @param handledMillis from the start until the message is acknowledged
 * @param processorMillis what it had computed by then, on all processors
 * @param peakMegabytes the most memory it had
 */
record ColdStartSample(
    double readyMillis, double handledMillis, double processorMillis, double peakMegabytes) {}
