package org.relata.bench.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.relata.engine.memory.Precision;

class LanesBenchmarkTest {
    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyKernelRuns(Precision precision) throws ReflectiveOperationException {
        LanesBenchmark benchmark = new LanesBenchmark();
        benchmark.precision = precision.name();
        benchmark.width = 50;
        benchmark.open();
        try {
            List<Method> kernels = Arrays.stream(LanesBenchmark.class.getMethods())
                    .filter(method -> method.isAnnotationPresent(Benchmark.class))
                    .toList();
            assertEquals(8, kernels.size());
            for (Method kernel : kernels) {
                assertNotNull(kernel.invoke(benchmark), kernel.getName());
            }
            assertTrue(sum(benchmark.softplus()) > sum(benchmark.exponential()) / 4);
        } finally {
            benchmark.close();
        }
    }

    private static double sum(Object array) {
        double sum = 0;
        for (int at = 0; at < LanesWork.ROWS * 50; at++) {
            sum += ((Number) java.lang.reflect.Array.get(array, at)).doubleValue();
        }
        return sum;
    }
}
