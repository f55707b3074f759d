/**
 * Speed, measured: JMH for single operations, whole processes for throughput. Not published. Open
 * {@code SamplerBenchmark} first. Numbers stand in {@code docs/performance.md}.
 *
 * <p>From the root of the repository, on a machine that does nothing else:
 *
 * <pre>
 * mvn -B -q package -DskipTests -pl benchmarks -am
 * java -cp "benchmarks/target/classes:benchmarks/target/libraries/*" org.openjdk.jmh.Main SamplerBenchmark
 * </pre>
 *
 * Another JDK: give its {@code java}. One case: {@code -p test=DEFAULTS -p vocab=49152 -p vector=true}. A quick look:
 * {@code -f 1 -wi 2 -i 3}.
 */
@NullMarked
package io.github.ultrafeedback.benchmarks;

import org.jspecify.annotations.NullMarked;
