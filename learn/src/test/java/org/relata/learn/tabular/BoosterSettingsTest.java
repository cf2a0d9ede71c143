package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relata.database.RelataException;
import org.relata.database.task.TaskType;
import tools.jackson.core.type.TypeReference;

class BoosterSettingsTest {
    private final BoosterSettings standard = BoosterSettings.standard(TaskType.REGRESSION, 5000);

    @Test
    void survivesJson() {
        String json = ModelFile.JSON.writeValueAsString(standard.toMap());
        Map<String, Object> back = ModelFile.JSON.readValue(json, new TypeReference<>() {});
        assertEquals(standard, BoosterSettings.fromMap(back));
        assertTrue(json.startsWith("{\"objective\":\"absolute_error\",\"rounds\":2000"), json);
    }

    @Test
    void namesTheSettingThatIsWrong() {
        assertTrue(assertThrows(RelataException.class, () -> standard.with("learning_rat", 1))
                .getMessage()
                .startsWith("learning_rat: there is no such setting"));
        assertTrue(assertThrows(RelataException.class, () -> standard.with("num_leaves", 1))
                .getMessage()
                .startsWith("num_leaves: 1 is out of range"));
        assertTrue(assertThrows(RelataException.class, () -> standard.with("num_leaves", 7.5))
                .getMessage()
                .startsWith("num_leaves: 7.5 is not one of its values"));
        assertThrows(RelataException.class, () -> standard.with("objective", "lambdarank"));
    }

    @Test
    void changesOneSettingOnly() {
        BoosterSettings other = standard.with("objective", Objective.HUBER).with("lambda_l2", 3);
        assertEquals(Objective.HUBER, other.objective());
        assertEquals(3.0, other.lambdaL2());
        assertEquals(standard.numLeaves(), other.numLeaves());
    }

    @Test
    void growsTreesWithTheRows() {
        int before = 0;
        for (int rows : new int[] {100, 5_000, 100_000, 5_000_000}) {
            int leaves = BoosterSettings.standard(TaskType.BINARY_CLASSIFICATION, rows)
                    .numLeaves();
            assertTrue(leaves > before);
            before = leaves;
        }
    }
}
