/**
 * What tests of backends, and of code that uses them, need.
 *
 * <p>Authors of a backend open {@link io.github.ultrafeedback.testkit.GeneratorContract} first: extend it, say how a
 * generator of yours is opened, and every promise of {@link io.github.ultrafeedback.Generator} is a test. Authors of
 * code that asks models open {@link io.github.ultrafeedback.testkit.FakeGenerator}: a generator that keeps the whole
 * contract, answers what you script, and needs neither model nor network. Authors of HTTP clients open
 * {@link io.github.ultrafeedback.testkit.ScriptedServer}, which cuts, stalls and resets its answers at any byte.
 * Authors of a module with a descriptor try it with {@link io.github.ultrafeedback.testkit.ModulePathRun}.
 */
@NullMarked
package io.github.ultrafeedback.testkit;

import org.jspecify.annotations.NullMarked;
