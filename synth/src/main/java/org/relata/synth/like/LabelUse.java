package org.relata.synth.like;

/// Whether the labels of categorical columns are taken over.
public enum LabelUse {
    /// Only how many there are: the drawn ones are called otherwise.
    ANONYMOUS,
    /// As they are, up to a thousand a column. They are values of rows, and may say more than they seem to.
    TAKEN_OVER
}
