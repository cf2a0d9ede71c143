package org.relata.features.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// One hop of a [JoinPath] along a foreign key.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Step.Parent.class, name = "parent"),
    @JsonSubTypes.Type(value = Step.Latest.class, name = "latest"),
    @JsonSubTypes.Type(value = Step.Children.class, name = "children")
})
public sealed interface Step {
    /// The table the hop arrives at.
    String table();

    /// The position of the foreign key among those of the table that declares it.
    int foreignKey();

    /// To the one row a foreign key of the current table refers to.
    ///
    /// @param table the parent table
    /// @param foreignKey the key's position in the current table
    record Parent(String table, int foreignKey) implements Step {}

    /// To the latest row before the cut-off that refers to the current row: at most one.
    ///
    /// @param table the child table; it has a time column
    /// @param foreignKey the key's position in the child table
    record Latest(String table, int foreignKey) implements Step {}

    /// To all rows before the cut-off that refer to the current row.
    ///
    /// @param table the child table
    /// @param foreignKey the key's position in the child table
    record Children(String table, int foreignKey) implements Step {}
}
