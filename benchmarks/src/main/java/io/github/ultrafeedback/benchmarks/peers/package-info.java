/**
 * OpenAI clients of others beside ours: whole processes against one loopback server. Open {@code PeerComparison} first;
 * it starts an {@code AnswerServer}, then one {@code ClientRun} in a JVM of its own for each client and number in
 * flight. The other clients are small classes under {@code benchmarks/peers/openai}, outside the build, so that their
 * libraries never meet ours.
 */
@NullMarked
package io.github.ultrafeedback.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
