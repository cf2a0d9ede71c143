package org.relata.learn.fit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.relata.database.RelataException;
import org.relata.features.EntityTimes;
import org.relata.features.FeatureMatrix;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.Output;
import org.relata.features.plan.PlanJson;

/// The values of a feature matrix as a file, so that an interrupted fit need not compute them again.
///
/// The file is named by what the values depend on; it is written aside and renamed, so a file that is there is whole.
final class MatrixFile {
    private final Path file;
    private final FeaturePlan plan;
    private final int rows;

    private MatrixFile(Path file, FeaturePlan plan, int rows) {
        this.file = file;
        this.plan = plan;
        this.rows = rows;
    }

    /// The file for a plan over rows.
    static MatrixFile of(Path folder, FeaturePlan plan, EntityTimes rows) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(PlanJson.text(plan).getBytes(StandardCharsets.UTF_8));
            for (long[] part : List.of(rows.entity(), rows.cutoff(), rows.seed())) {
                ByteBuffer bytes = ByteBuffer.allocate(8 * part.length);
                bytes.asLongBuffer().put(part);
                digest.update(bytes);
            }
            String name = HexFormat.of().formatHex(digest.digest(), 0, 12);
            return new MatrixFile(folder.resolve("features-" + name + ".bin"), plan, rows.size());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The matrix, if an earlier run left it.
    Optional<FeatureMatrix> read() {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            float[][] columns = new float[plan.width()][rows];
            byte[] buffer = new byte[4 * rows];
            for (float[] column : columns) {
                in.readFully(buffer);
                ByteBuffer.wrap(buffer).asFloatBuffer().get(column);
            }
            List<List<String>> categories = new ArrayList<>();
            plan.queries()
                    .forEach(q -> q.outputs().stream().map(Output::categories).forEach(categories::add));
            return Optional.of(new FeatureMatrix(plan.features(), columns, categories, rows));
        } catch (IOException e) {
            // A checkpoint that cannot be read is no reason to stop: it is made again.
            return Optional.empty();
        }
    }

    void write(FeatureMatrix matrix) {
        try {
            Path aside = Files.createTempFile(file.toAbsolutePath().getParent(), "features", ".part");
            try {
                try (DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(aside), 1 << 20))) {
                    ByteBuffer buffer = ByteBuffer.allocate(4 * rows);
                    for (int f = 0; f < matrix.width(); f++) {
                        buffer.asFloatBuffer().put(matrix.column(f));
                        out.write(buffer.array());
                    }
                }
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw RelataException.failure(
                            "fit.checkpoint",
                            file.toString(),
                            "cannot be written: " + e.getMessage(),
                            "free disk space or choose another folder with --out")
                    .causedBy(e);
        }
    }
}
