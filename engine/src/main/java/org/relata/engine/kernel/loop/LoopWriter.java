package org.relata.engine.kernel.loop;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;
import static java.util.Objects.requireNonNull;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.relata.engine.kernel.loop.LoopShape.Operand;
import org.relata.engine.kernel.loop.LoopShape.Operation;
import org.relata.engine.memory.Precision;

/// Writes the class of a loop:
///
/// ```text
/// for each row:
///     numbers of the row, written to all lanes
///     for each vector of the row: operations, one after the other; results stay in registers
///     sums of the row
/// ```
///
/// What an operation does with vectors is a static method of [FloatLoops] or [DoubleLoops], so that all that stands
/// here
/// is where values come from and go to.
final class LoopWriter {
    private static final ClassDesc ARRAYS = CD_Object.arrayType();
    private static final ClassDesc INTS = CD_int.arrayType();
    private static final ClassDesc LONGS = CD_long.arrayType();
    private static final ClassDesc LOOP = ClassDesc.of(Loop.class.getName());
    private static final ClassDesc NAME = ClassDesc.of(LoopWriter.class.getPackageName(), "FusedLoop");
    private static final ClassDesc MASK = ClassDesc.of("jdk.incubator.vector.VectorMask");
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_void, ARRAYS, INTS, LONGS.arrayType(), CD_int);

    private static final int ARRAYS_SLOT = 1;
    private static final int STARTS_SLOT = 2;
    private static final int LISTS_SLOT = 3;
    private static final int COUNT_SLOT = 4;

    private final LoopShape shape;
    private final CodeBuilder code;
    private final int lanes;
    private final ClassDesc helpers;
    private final ClassDesc vector;
    private final ClassDesc number;
    private final ClassDesc array;

    private final int[] arrays;
    private final int[] starts;
    private final int[] lists;
    private final int[] sums;
    /// Vectors that are the same for all rows, or for all of a row.
    private final Map<Operand, Integer> broadcast = new HashMap<>();
    /// Where the row begins that is worked on, among numbers of arrays.
    private final int at;
    /// The first number of the vector that is worked on, within the row.
    private final int column;
    private final int row;
    private final int mask;

    private LoopWriter(LoopShape shape, CodeBuilder code) {
        this.shape = shape;
        this.code = code;
        boolean single = shape.precision() == Precision.FLOAT32;
        this.lanes = single ? FloatLoops.LANES : DoubleLoops.LANES;
        this.helpers = ClassDesc.of((single ? FloatLoops.class : DoubleLoops.class).getName());
        this.vector = ClassDesc.of("jdk.incubator.vector." + (single ? "FloatVector" : "DoubleVector"));
        this.number = ClassDesc.ofDescriptor(single ? "F" : "D");
        this.array = number.arrayType();
        this.arrays = slots(shape.inputs() + shape.stored().size(), TypeKind.REFERENCE);
        this.starts = slots(arrays.length, TypeKind.INT);
        this.lists = slots(shape.lists(), TypeKind.REFERENCE);
        this.sums = slots(shape.operations().size(), TypeKind.REFERENCE);
        this.at = code.allocateLocal(TypeKind.INT);
        this.column = code.allocateLocal(TypeKind.INT);
        this.row = code.allocateLocal(TypeKind.INT);
        this.mask = code.allocateLocal(TypeKind.REFERENCE);
    }

    /// The bytes of a class that implements [Loop].
    static byte[] write(LoopShape shape) {
        return ClassFile.of()
                .build(
                        NAME,
                        type -> type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                                .withInterfaceSymbols(LOOP)
                                .withMethodBody(
                                        INIT_NAME,
                                        MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        body -> body.aload(0)
                                                .invokespecial(CD_Object, INIT_NAME, MTD_void)
                                                .return_())
                                .withMethodBody(
                                        "run", RUN, ClassFile.ACC_PUBLIC, body -> new LoopWriter(shape, body).run()));
    }

    private int[] slots(int many, TypeKind kind) {
        int[] slots = new int[many];
        for (int each = 0; each < many; each++) {
            slots[each] = code.allocateLocal(kind);
        }
        return slots;
    }

    private void run() {
        unpack();
        for (Operation operation : shape.operations()) {
            for (Operand operand : operation.operands()) {
                if (operand instanceof Operand.Number(int input) && !broadcast.containsKey(operand)) {
                    code.aload(arrays[input]).iload(starts[input]);
                    broadcast(operand);
                }
            }
        }
        int rest = shape.width() % lanes;
        if (shape.width() > 1 && rest > 0) {
            code.loadConstant(rest)
                    .invokestatic(helpers, "first", MethodTypeDesc.of(MASK, CD_int))
                    .astore(mask);
        }
        if (shape.width() == 1) {
            eachVector();
        } else {
            eachRow();
        }
        code.return_();
    }

    private void unpack() {
        for (int each = 0; each < arrays.length; each++) {
            code.aload(ARRAYS_SLOT).loadConstant(each).aaload().checkcast(array).astore(arrays[each]);
            code.aload(STARTS_SLOT).loadConstant(each).iaload().istore(starts[each]);
        }
        for (int each = 0; each < lists.length; each++) {
            code.aload(LISTS_SLOT).loadConstant(each).aaload().astore(lists[each]);
        }
    }

    /// Rows of one number follow each other: a vector holds several.
    private void eachVector() {
        code.iconst_0().istore(at).iconst_0().istore(column);
        Label next = code.newBoundLabel();
        Label end = code.newLabel();
        code.iload(column).iload(COUNT_SLOT).if_icmpge(end);
        operations(false);
        code.iinc(column, lanes).goto_(next).labelBinding(end);
    }

    private void eachRow() {
        code.iconst_0().istore(row).iconst_0().istore(at);
        Label next = code.newBoundLabel();
        Label end = code.newLabel();
        code.iload(row).iload(COUNT_SLOT).if_icmpge(end);
        TreeSet<Integer> ofEach = new TreeSet<>();
        for (Operation operation : shape.operations()) {
            operation.operands().forEach(operand -> {
                if (operand instanceof Operand.Each(int input)) {
                    ofEach.add(input);
                }
            });
        }
        for (int input : ofEach) {
            code.aload(arrays[input]).iload(starts[input]).iload(row).iadd();
            broadcast(new Operand.Each(input));
        }
        for (int operation = 0; operation < sums.length; operation++) {
            if (shape.operations().get(operation).folds()) {
                code.invokestatic(helpers, "zero", MethodTypeDesc.of(vector)).astore(sums[operation]);
            }
        }
        int whole = shape.width() / lanes * lanes;
        if (whole > 0) {
            code.iconst_0().istore(column);
            Label nextVector = code.newBoundLabel();
            Label endOfRow = code.newLabel();
            code.iload(column).loadConstant(whole).if_icmpge(endOfRow);
            operations(false);
            code.iinc(column, lanes).goto_(nextVector).labelBinding(endOfRow);
        }
        if (whole < shape.width()) {
            code.loadConstant(whole).istore(column);
            operations(true);
        }
        storeSums();
        code.iload(at).loadConstant(shape.width()).iadd().istore(at);
        code.iinc(row, 1).goto_(next).labelBinding(end);
    }

    /// Takes an array and a position from the stack, and keeps a vector of the number there.
    private void broadcast(Operand operand) {
        code.invokestatic(helpers, "broadcast", MethodTypeDesc.of(vector, array, CD_int));
        code.astore(broadcast.computeIfAbsent(operand, _ -> code.allocateLocal(TypeKind.REFERENCE)));
    }

    private void operations(boolean last) {
        Map<Operand, Integer> loaded = new HashMap<>(broadcast);
        for (int index = 0; index < shape.operations().size(); index++) {
            Operation operation = shape.operations().get(index);
            operation.operands().forEach(operand -> load(operand, loaded));
            if (operation.folds()) {
                fold(operation, sums[index], loaded, last);
                continue;
            }
            switch (operation) {
                case LoopShape.Copy copy -> push(copy.in(), loaded);
                case LoopShape.Apply apply -> {
                    push(apply.in(), loaded);
                    call(apply.operation(), 1);
                }
                case LoopShape.Combine combine -> {
                    push(combine.left(), loaded);
                    push(combine.right(), loaded);
                    call(combine.operation(), 2);
                }
                case LoopShape.Choose choose -> {
                    choose.operands().forEach(operand -> push(operand, loaded));
                    code.invokestatic(helpers, "choose", ofVectors(3));
                }
                case LoopShape.Dot _, LoopShape.Sum _ -> throw new IllegalStateException("folded above");
            }
            int slot = code.allocateLocal(TypeKind.REFERENCE);
            code.astore(slot);
            loaded.put(new Operand.Result(index), slot);
            int place = shape.stored().indexOf(index);
            if (place >= 0) {
                code.aload(slot);
                position(shape.inputs() + place);
                code.invokestatic(helpers, "store", MethodTypeDesc.of(CD_void, vector, array, CD_int));
            }
        }
    }

    private void fold(Operation operation, int sum, Map<Operand, Integer> loaded, boolean last) {
        operation.operands().forEach(operand -> {
            push(operand, loaded);
            if (last) {
                // Beyond the row stand other numbers.
                code.aload(mask).invokestatic(helpers, "only", MethodTypeDesc.of(vector, vector, MASK));
            }
        });
        code.aload(sum);
        code.invokestatic(
                helpers,
                operation instanceof LoopShape.Dot ? "fma" : "add",
                ofVectors(operation.operands().size() + 1));
        code.astore(sum);
    }

    private void storeSums() {
        for (int operation = 0; operation < sums.length; operation++) {
            int place = shape.stored().indexOf(operation);
            if (shape.operations().get(operation).folds() && place >= 0) {
                int to = shape.inputs() + place;
                code.aload(sums[operation]);
                code.aload(arrays[to]).iload(starts[to]).iload(row).iadd();
                code.invokestatic(helpers, "storeSum", MethodTypeDesc.of(CD_void, vector, array, CD_int));
            }
        }
    }

    private void load(Operand operand, Map<Operand, Integer> loaded) {
        if (loaded.containsKey(operand)) {
            return;
        }
        switch (operand) {
            case Operand.Row(int input) -> {
                position(input);
                code.invokestatic(helpers, "load", MethodTypeDesc.of(vector, array, CD_int));
            }
            case Operand.Shared(int input) -> {
                code.aload(arrays[input]).iload(starts[input]).iload(column).iadd();
                code.invokestatic(helpers, "load", MethodTypeDesc.of(vector, array, CD_int));
            }
            case Operand.Listed(int list) -> {
                code.aload(lists[list]).iload(row).laload();
                code.iload(column)
                        .loadConstant(shape.precision().bytes())
                        .imul()
                        .i2l()
                        .ladd();
                code.invokestatic(helpers, "load", MethodTypeDesc.of(vector, CD_long));
            }
            case Operand.Result _, Operand.Each _, Operand.Number _ ->
                throw new IllegalStateException(operand + " is read before it is there");
        }
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(slot);
        loaded.put(operand, slot);
    }

    /// An array, and where the vector stands in it that is worked on.
    private void position(int which) {
        code.aload(arrays[which])
                .iload(starts[which])
                .iload(at)
                .iadd()
                .iload(column)
                .iadd();
    }

    private void push(Operand operand, Map<Operand, Integer> loaded) {
        code.aload(requireNonNull(loaded.get(operand)));
    }

    private void call(Enum<?> operation, int operands) {
        code.invokestatic(helpers, operation.name().toLowerCase(Locale.ROOT), ofVectors(operands));
    }

    private MethodTypeDesc ofVectors(int operands) {
        return MethodTypeDesc.of(vector, Collections.nCopies(operands, vector));
    }
}
