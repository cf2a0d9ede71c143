package org.relata.sql.run;

import java.util.ArrayList;
import java.util.List;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.sql.write.Dialect;
import org.relata.sql.write.Prelude;
import org.relata.sql.write.RunTable;
import org.relata.sql.write.SqlScript;

/// Puts what varies from run to run into its table.
final class RunValues {
    private final Session session;
    /// Whether the session has the functions behind random numbers.
    private boolean functions;

    RunValues(Session session) {
        this.session = session;
    }

    void set(SqlScript script, Settings settings) {
        RunTable run = script.run();
        if (!run.isUsed()) {
            return;
        }
        if (run.isRandom() && !functions) {
            Prelude.functions(script.dialect(), run).forEach(session::execute);
            functions = true;
        }
        List<String> columns = new ArrayList<>();
        List<Object> row = new ArrayList<>();
        run.values(settings).forEach((name, value) -> {
            columns.add(script.dialect().name(name) + " "
                    + script.dialect().word(value instanceof Double ? Dialect.Word.REAL : Dialect.Word.INTEGER));
            row.add(value);
        });
        session.execute("DROP TABLE IF EXISTS " + RunTable.NAME);
        session.execute("CREATE TEMPORARY TABLE " + RunTable.NAME + " (" + String.join(", ", columns) + ")");
        session.insert(RunTable.NAME, row.size(), List.of(row));
    }
}
