package org.relata.synth.ddl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.TablePlan;

/// A schema of thousands of tables, each linked to the one before it and to one far away.
final class ManyTablesTest {
    private static final int TABLES = Boolean.getBoolean("relata.nightly") ? 10_000 : 2_000;

    @Test
    void thousandsOfTablesAreRead() {
        StringBuilder sql = new StringBuilder();
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < TABLES; i++) {
            sql.append("""
                    --
                    -- Name: table_%1$d; Type: TABLE
                    --
                    CREATE TABLE public.table_%1$d (
                        id bigint NOT NULL,
                        before_id bigint,
                        far_id bigint NOT NULL,
                        amount numeric(12,2) DEFAULT 0.0 NOT NULL,
                        status character varying(20) CHECK (((status)::text = ANY (ARRAY['open'::text, 'done'::text]))),
                        created_at timestamp without time zone DEFAULT now() NOT NULL
                    );
                    """.formatted(i));
            keys.append(String.format(
                    Locale.ROOT,
                    "ALTER TABLE ONLY public.table_%1$d ADD CONSTRAINT p%1$d PRIMARY KEY (id);%n"
                            + "ALTER TABLE ONLY public.table_%1$d ADD CONSTRAINT f%1$d FOREIGN KEY (before_id) REFERENCES public.table_%2$d(id);%n"
                            + "ALTER TABLE ONLY public.table_%1$d ADD CONSTRAINT g%1$d FOREIGN KEY (far_id) REFERENCES public.table_%3$d(id);%n",
                    i,
                    (i + TABLES - 1) % TABLES,
                    (int) (i * 7919L % TABLES)));
        }
        SchemaFile file = Parsing.read(sql.append(keys).toString());
        SchemaPlan plan = file.plan();
        assertEquals(TABLES, plan.tables().size());
        TablePlan last = plan.tables().getLast();
        assertEquals("table_" + (TABLES - 1), last.name());
        assertEquals(
                List.of("before_id -> table_" + (TABLES - 2) + "?", "far_id -> table_" + (TABLES - 1) * 7919L % TABLES),
                Parsing.links(last));
        assertEquals(List.of("open", "done"), Parsing.column(last, "status").labels());
        assertEquals(1, file.notes().size(), "all tables are in one circle");
    }
}
