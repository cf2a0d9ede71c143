package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NativesTest {
    @Test
    void lightGbmLoadsHere() {
        Natives.Check check = Natives.check();
        assertTrue(check.usable(), check.detail() + "; " + check.remedy());
        assertTrue(check.detail().contains(System.getProperty("os.arch")));
    }
}
