package org.relata.engine.lanes;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.relata.engine.memory.Addresses;

/// Matrix products of OpenBLAS, on one thread: the engine shares out work itself, so that results do not depend on how
/// many
/// threads there are.
final class Blas {
    private static final int ROW_MAJOR = 101;
    private static final int AS_IT_IS = 111;
    private static final int TRANSPOSED = 112;

    private static final Optional<Blas> INSTANCE = load();

    private final MethodHandle sgemm;
    private final MethodHandle dgemm;

    private Blas(MethodHandle sgemm, MethodHandle dgemm) {
        this.sgemm = sgemm;
        this.dgemm = dgemm;
    }

    /// OpenBLAS, where there is a build of it for this machine.
    static Optional<Blas> instance() {
        return INSTANCE;
    }

    void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float beta,
            float[] c,
            int cAt) {
        multiply32(
                transposeA,
                transposeB,
                m,
                n,
                k,
                MemorySegment.ofArray(a),
                aAt,
                MemorySegment.ofArray(b),
                bAt,
                beta,
                MemorySegment.ofArray(c),
                cAt);
    }

    /// The same for 32-bit numbers that stand on the heap or outside it.
    void multiply32(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            MemorySegment a,
            long aAt,
            MemorySegment b,
            long bAt,
            float beta,
            MemorySegment c,
            long cAt) {
        try {
            sgemm.invokeExact(
                    ROW_MAJOR,
                    transposeA ? TRANSPOSED : AS_IT_IS,
                    transposeB ? TRANSPOSED : AS_IT_IS,
                    m,
                    n,
                    k,
                    1f,
                    from(a, aAt * Float.BYTES),
                    transposeA ? m : k,
                    from(b, bAt * Float.BYTES),
                    transposeB ? k : n,
                    beta,
                    from(c, cAt * Float.BYTES),
                    n);
        } catch (Throwable e) {
            throw new IllegalStateException("cblas_sgemm cannot be called", e);
        }
    }

    void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            double[] a,
            int aAt,
            double[] b,
            int bAt,
            double beta,
            double[] c,
            int cAt) {
        multiply64(
                transposeA,
                transposeB,
                m,
                n,
                k,
                MemorySegment.ofArray(a),
                aAt,
                MemorySegment.ofArray(b),
                bAt,
                beta,
                MemorySegment.ofArray(c),
                cAt);
    }

    /// The same for 64-bit numbers that stand on the heap or outside it.
    void multiply64(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            MemorySegment a,
            long aAt,
            MemorySegment b,
            long bAt,
            double beta,
            MemorySegment c,
            long cAt) {
        try {
            dgemm.invokeExact(
                    ROW_MAJOR,
                    transposeA ? TRANSPOSED : AS_IT_IS,
                    transposeB ? TRANSPOSED : AS_IT_IS,
                    m,
                    n,
                    k,
                    1d,
                    from(a, aAt * Double.BYTES),
                    transposeA ? m : k,
                    from(b, bAt * Double.BYTES),
                    transposeB ? k : n,
                    beta,
                    from(c, cAt * Double.BYTES),
                    n);
        } catch (Throwable e) {
            throw new IllegalStateException("cblas_dgemm cannot be called", e);
        }
    }

    /// A segment from one of its bytes on. Memory outside the heap is passed without its owner, who outlives the call:
    /// threads would else count their calls in one place.
    private static MemorySegment from(MemorySegment segment, long bytes) {
        return segment.isNative()
                ? Addresses.MEMORY.asSlice(segment.address() + Objects.checkIndex(bytes, segment.byteSize()))
                : segment.asSlice(bytes);
    }

    private static Optional<Blas> load() {
        try {
            return libraries().isEmpty() ? Optional.empty() : Optional.of(bind());
        } catch (IOException | LinkageError e) {
            // Java's own loops do the same, only slower.
            return Optional.empty();
        }
    }

    @SuppressWarnings("restricted") // calling native code is the purpose
    private static Blas bind() throws IOException {
        Path place = Files.createTempDirectory("relata-openblas-");
        for (String name : libraries()) {
            Path file = place.resolve(name);
            try (InputStream packed = Blas.class.getResourceAsStream(folder() + name)) {
                if (packed == null) {
                    continue;
                }
                Files.copy(packed, file);
                System.load(file.toString());
            } finally {
                remove(file);
            }
        }
        remove(place);
        SymbolLookup symbols = SymbolLookup.loaderLookup();
        Linker linker = Linker.nativeLinker();
        call(linker, symbols, "openblas_set_num_threads");
        return new Blas(
                gemm(linker, symbols, "cblas_sgemm", ValueLayout.JAVA_FLOAT),
                gemm(linker, symbols, "cblas_dgemm", ValueLayout.JAVA_DOUBLE));
    }

    @SuppressWarnings("restricted")
    private static void call(Linker linker, SymbolLookup symbols, String name) {
        int threads = 1;
        try {
            linker.downcallHandle(symbols.findOrThrow(name), FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                    .invokeExact(threads);
        } catch (Throwable e) {
            throw new LinkageError(name + " cannot be called", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle gemm(Linker linker, SymbolLookup symbols, String name, ValueLayout number) {
        ValueLayout.OfInt integer = ValueLayout.JAVA_INT;
        FunctionDescriptor descriptor = FunctionDescriptor.ofVoid(
                integer,
                integer,
                integer,
                integer,
                integer,
                integer,
                number,
                ValueLayout.ADDRESS,
                integer,
                ValueLayout.ADDRESS,
                integer,
                number,
                ValueLayout.ADDRESS,
                integer);
        // Arrays are passed as they stand on the heap: while a call lasts, which is some milliseconds at most, the
        // virtual machine cannot collect garbage.
        return linker.downcallHandle(symbols.findOrThrow(name), descriptor, Linker.Option.critical(true));
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // Windows keeps a library that is in use; it goes when the process ends.
            path.toFile().deleteOnExit();
        }
    }

    private static String folder() {
        String machine = System.getProperty("os.arch").matches("aarch64|arm64") ? "arm64" : "x86_64";
        return "/org/bytedeco/openblas/" + system() + "-" + machine + "/";
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "macosx" : name.startsWith("windows") ? "windows" : "linux";
    }

    /// What to load, what others need first.
    private static List<String> libraries() {
        return switch (system()) {
            case "linux" -> List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");
            case "macosx" ->
                List.of("libgcc_s.1.1.dylib", "libquadmath.0.dylib", "libgfortran.5.dylib", "libopenblas.0.dylib");
            default -> List.of("libopenblas.dll");
        };
    }
}
