package org.relata.engine.keys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers for strings, the same for equal ones.
public final class Strings {
    private final Map<String, Long> numbers = new HashMap<>();
    private final List<String> strings = new ArrayList<>();

    /// The number of a string.
    public synchronized long number(String string) {
        return numbers.computeIfAbsent(string, each -> {
            strings.add(each);
            return strings.size() - 1L;
        });
    }

    /// The string of a number.
    public synchronized String string(long number) {
        return strings.get((int) number);
    }
}
