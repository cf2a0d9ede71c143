package org.relata.bench.kernel;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.relata.algebra.kernel.Unary;
import org.relata.engine.lanes.AnyLanes;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Precision;

/// What JMH runs: each method does a kernel once, for a block of rows.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class LanesBenchmark {
    /// The name of a [Precision].
    @Param({"FLOAT32", "FLOAT64"})
    public String precision;

    /// Numbers of a row.
    @Param({"50", "256"})
    public int width;

    private LanesWork<?> work;

    /// Draws numbers.
    @Setup(Level.Trial)
    public void open() {
        work = AnyLanes.with(Precision.valueOf(precision), new AnyLanes.Use<LanesWork<?>>() {
            @Override
            public <A> LanesWork<?> apply(Lanes<A> lanes) {
                return new LanesWork<>(lanes, width);
            }
        });
    }

    /// Gives memory back.
    @TearDown(Level.Trial)
    public void close() {
        work.close();
    }

    /// Exponentials of a block.
    @Benchmark
    public Object exponential() {
        return work.unary(Unary.Operation.EXP);
    }

    /// The softplus function of a block.
    @Benchmark
    public Object softplus() {
        return work.unary(Unary.Operation.SOFTPLUS);
    }

    /// Products of pairs.
    @Benchmark
    public Object products() {
        return work.multiplied();
    }

    /// Rows that stand here and there, copied into a block.
    @Benchmark
    public Object gather() {
        return work.gathered();
    }

    /// Rows that stand here and there, times weights, added up eight by eight.
    @Benchmark
    public Object sumOfFarRows() {
        return work.sumOfFarRows();
    }

    /// Rows of a block, times weights, added to 64 sums.
    @Benchmark
    public Object scatter() {
        return work.scattered();
    }

    /// The product of two matrices of 256 rows and columns.
    @Benchmark
    public Object matrixProduct() {
        return work.product();
    }

    /// Random numbers, as dropout draws them.
    @Benchmark
    public Object random() {
        return work.random();
    }
}
