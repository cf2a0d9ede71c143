package org.relata.synth.scm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relata.synth.config.ColumnType;
import org.relata.synth.config.Config;
import org.relata.synth.config.Propagation;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.config.TopParameters;
import org.relata.synth.graph.Dag;
import org.relata.synth.graph.Dags;
import org.relata.synth.link.Links;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;
import org.relata.synth.source.Source;
import org.relata.synth.source.SourceContext;

/// The structural causal model of a table, ready to be evaluated for any rows.
///
/// Its variables form a graph; some of them are the table's columns. A variable without parents is exogenous; every
/// other is a frozen random mechanism of its parents, of all columns of the parent rows that foreign keys lead to, and
/// of
/// noise.
///
/// In eager mode a categorical variable is a class at once, and its descendants see the class. In lazy mode all
/// variables
/// are numbers, and those that categorical columns show are cut into classes afterwards.
public final class Scm {
    private static final int EXTRA_VARIABLES = 3;
    private static final int FEWEST_KNOTS = 8;

    private static final Source NOT_DRAWN = (_, count, into) -> Arrays.fill(into, 0, count, 0);

    private final SourceContext context;
    private final boolean eager;
    private final Variable[] variables;
    private final Source[] sources;
    private final Mechanism[] mechanisms;
    private final int[] order;
    private ForeignInput[] inputs;
    private Optional<Exponentials> foreignExponentials;
    private final Knots[] knots;
    private final int[] shown;

    /// A foreign key along which values flow.
    ///
    /// @param key the key of the foreign key
    /// @param links the parent of each row
    /// @param parent the parent table
    public record Flow(Key key, Links links, StoredTable parent) {}

    /// A foreign key of the table to itself. Along it flows what nothing in the table influences, see [OwnSources].
    ///
    /// @param key the key of the foreign key
    /// @param links the row that each row refers to
    public record OwnFlow(Key key, Links links) {}

    private Scm(
            SourceContext context,
            boolean eager,
            Variable[] variables,
            int[] order,
            int[] shown,
            ForeignInput[] inputs) {
        this.context = context;
        this.eager = eager;
        this.variables = variables;
        this.order = order;
        this.shown = shown;
        this.inputs = inputs;
        this.foreignExponentials = Exponentials.of(
                Arrays.stream(inputs).flatMap(i -> Arrays.stream(i.lines())).toList(),
                Exponentials.Range.ofNothing(config().get(ScmParameters.MLP_EMB_DIM)));
        this.knots = new Knots[variables.length];
        this.sources = new Source[variables.length];
        this.mechanisms = new Mechanism[variables.length];
        Arrays.fill(sources, NOT_DRAWN);
        Arrays.fill(mechanisms, Mechanism.NONE);
        for (int v = 0; v < variables.length; v++) {
            knots[v] = Knots.ofClasses(Math.max(1, variables[v].classes()));
        }
    }

    /// Draws a model.
    ///
    /// @param context the table
    /// @param classes for each column, how many classes it has, or zero for numbers
    /// @param flows the foreign keys along which values flow from other tables
    /// @param own the foreign keys to the table itself
    public static Scm draw(SourceContext context, int[] classes, List<Flow> flows, List<OwnFlow> own) {
        Config config = context.config();
        Key key = context.key();
        Draws draws = key.child("model").draws();
        boolean eager = config.get(ScmParameters.PROPAGATION_MODE_CHOICES).draw(draws) == Propagation.TYPE_EAGER;
        double share = config.get(ScmParameters.SCM_COL_NODE_PERC_CHOICES).draw(draws);
        int size = classes.length + (int) Math.ceil(classes.length / share) + EXTRA_VARIABLES;
        Dag graph = Dags.draw(
                config.get(ScmParameters.SCM_LAYOUT_CHOICES).draw(draws),
                size,
                config,
                key.child("graph").draws());
        int[] shown = Arrays.copyOf(draws.permutation(size), classes.length);
        int[] taken = new int[size];
        for (int v = 0; v < size; v++) {
            int hidden = config.get(ScmParameters.NUM_CATEGORIES_CHOICES).draw(draws);
            taken[v] = categorical(config.get(ScmParameters.COL_STYPE_CHOICES).draw(draws)) && eager ? hidden : 0;
        }
        for (int column = 0; column < shown.length; column++) {
            taken[shown[column]] = eager ? classes[column] : 0;
        }
        Variable[] variables = new Variable[size + classes.length];
        for (int v = 0; v < variables.length; v++) {
            variables[v] = v < size ? Variable.of(graph, v, taken[v], context) : Variable.spare(v, context);
        }
        int[] order = IntStream.concat(Arrays.stream(graph.order()), IntStream.range(size, variables.length))
                .toArray();
        Work work = work(config, variables);
        boolean exact = exact(config);
        int[] exogenous =
                IntStream.range(0, size).filter(v -> variables[v].exogenous()).toArray();
        List<Flow> all = new ArrayList<>(flows);
        for (OwnFlow flow : own) {
            all.add(new Flow(flow.key(), flow.links(), ownSources(context, variables, exogenous, flow, eager)));
        }
        ForeignInput[] inputs = all.stream()
                .map(f -> ForeignInput.draw(config, f.key(), f.links(), f.parent(), exact, work))
                .toArray(ForeignInput[]::new);
        return new Scm(context, eager, variables, order, shown, inputs);
    }

    private static OwnSources ownSources(
            SourceContext context, Variable[] variables, int[] exogenous, OwnFlow flow, boolean eager) {
        int[] chosen = OwnSources.choose(exogenous, flow.key().child("sources").draws());
        List<Source> sources = Arrays.stream(chosen)
                .mapToObj(v -> variables[v].source(context))
                .toList();
        List<Knots> points = IntStream.range(0, chosen.length)
                .mapToObj(i -> OwnSources.points(
                        sources.get(i), context.rows(), variables[chosen[i]].classes(), knots(context.config())))
                .toList();
        return new OwnSources(chosen, sources, points, eager);
    }

    private static int knots(Config config) {
        return Math.max(FEWEST_KNOTS, config.get(ScmParameters.ENCODER_KNOTS));
    }

    private static boolean categorical(ColumnType type) {
        return switch (type) {
            case CATEGORICAL, TEXT -> true;
            case NUMERICAL, INTEGER, DATE -> false;
        };
    }

    private static boolean exact(Config config) {
        return config.get(TopParameters.PARITY) || config.get(ScmParameters.ENCODER_KNOTS) == 0;
    }

    /// What networks of any width can work with.
    Work work() {
        return work(config(), variables);
    }

    private static Work work(Config config, Variable[] variables) {
        int most = config.get(ScmParameters.MLP_EMB_DIM);
        for (Variable variable : variables) {
            most = Math.max(most, variable.classes());
        }
        return Work.of(most);
    }

    /// Whether categorical variables are classes at once.
    public boolean eager() {
        return eager;
    }

    /// The variable that a column shows.
    public int shownBy(int column) {
        return shown[column];
    }

    /// Lets a column show another variable.
    public void show(int column, int variable) {
        shown[column] = variable;
    }

    /// How many variables there are: those of the graph, then a spare one for each column.
    public int size() {
        return variables.length;
    }

    /// How many classes a variable takes, or zero for numbers.
    public int classes(int variable) {
        return variables[variable].classes();
    }

    /// The points that stand for a variable's values, once it is laid by a [Pilot].
    public Knots knots(int variable) {
        return knots[variable];
    }

    /// The variables that influence a variable, directly.
    public int[] parents(int variable) {
        return variables[variable].parents().clone();
    }

    /// Draws the values of a variable without parents from another stream, for tests of causal order.
    void redraw(int variable, Source source) {
        sources[variable] = source;
    }

    /// Lets go of what evaluates variables: no row will be evaluated any more.
    public void forget() {
        Arrays.fill(sources, NOT_DRAWN);
        Arrays.fill(mechanisms, Mechanism.NONE);
        inputs = new ForeignInput[0];
        foreignExponentials = Optional.empty();
    }

    Config config() {
        return context.config();
    }

    Variable variable(int v) {
        return variables[v];
    }

    /// The source of a variable without parents, once it is laid by a [Pilot].
    Source source(int v) {
        return sources[v];
    }

    /// The mechanism of a variable with parents, once it is laid by a [Pilot].
    Mechanism mechanism(int v) {
        return mechanisms[v];
    }

    ForeignInput[] inputs() {
        return inputs;
    }

    /// What parent rows send, as exponentials; nothing where it varies too much.
    Optional<Exponentials> foreignExponentials() {
        return foreignExponentials;
    }

    /// The variables that columns show, and all that influence these, parents first.
    int[] needed() {
        return needed(shown);
    }

    /// Some variables, and all that influence these, parents first.
    int[] needed(int... of) {
        BitSet needed = new BitSet(variables.length);
        Arrays.stream(of).forEach(needed::set);
        for (int i = order.length - 1; i >= 0; i--) {
            if (needed.get(order[i])) {
                Arrays.stream(variables[order[i]].parents()).forEach(needed::set);
            }
        }
        return Arrays.stream(order).filter(needed::get).toArray();
    }

    /// Lays the points between which what a variable sends is read off.
    ///
    /// @param values of the variable
    /// @param count how many of them
    void lay(int v, float[] values, int count) {
        if (variables[v].classes() == 0) {
            knots[v] = Knots.ofValues(values, count, knots(config()));
        }
    }

    /// Draws where the values of a variable come from, unless that is done.
    void draw(int v, Work work) {
        Variable variable = variables[v];
        if (variable.exogenous()) {
            sources[v] = sources[v] == NOT_DRAWN ? variable.source(context) : sources[v];
            return;
        }
        if (mechanisms[v] == Mechanism.NONE) {
            Knots[] points =
                    Arrays.stream(variable.parents()).mapToObj(p -> knots[p]).toArray(Knots[]::new);
            mechanisms[v] =
                    Mechanism.draw(config(), variable, variables, points, exact(config()), foreignRange(), work);
        }
    }

    /// What parent rows add to sums of exponentials, at least and at most.
    private Exponentials.Range foreignRange() {
        return foreignExponentials
                .map(Exponentials::range)
                .orElseGet(() -> Exponentials.Range.ofNothing(config().get(ScmParameters.MLP_EMB_DIM)));
    }
}
