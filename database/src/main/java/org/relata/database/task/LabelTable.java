package org.relata.database.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.relata.database.Duck;
import org.relata.database.RelataException;

/// A temporary table of checked label rows of one split: `seed` in microseconds, `entity` as a row number, `label` as
/// stored.
///
/// @param store the store
/// @param split the split
/// @param name the quoted name of the table
/// @param kind how labels are stored
record LabelTable(Duck store, Split split, String name, LabelKind kind) {
    /// The name of the temporary table of a split.
    static String nameOf(Split split) {
        return "temp.main.__relata_labels_" + split.label();
    }

    /// How many rows there are.
    long size() {
        return store.count("SELECT count(*) FROM " + name);
    }

    /// Reads the rows, sorted by seed time, then entity.
    ///
    /// @param classes the classes of the labels
    TaskRows read(ClassNames classes) {
        int size = Math.toIntExact(size());
        long[] entity = new long[size];
        long[] seed = new long[size];
        double[] label = new double[size];
        try (Statement statement = store.connection().createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT entity, seed, label FROM " + name + " ORDER BY seed, entity")) {
            for (int i = 0; rows.next(); i++) {
                entity[i] = rows.getLong(1);
                seed[i] = rows.getLong(2);
                label[i] = classes.encode(kind == LabelKind.TEXT ? rows.getString(3) : (Object) rows.getDouble(3));
            }
        } catch (SQLException e) {
            throw RelataException.failure("duckdb.query", name, String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
        return new TaskRows(entity, seed, label);
    }

    /// Removes the table.
    void drop() {
        store.execute("DROP TABLE IF EXISTS " + name);
    }
}
