package org.relata.cli.report;

import java.util.ArrayList;
import java.util.List;
import org.relata.features.Feature;
import org.relata.features.Feature.TimeBound;
import org.relata.learn.fit.Importance;

/// What drives a prediction of races, as a fit would say it.
final class SampleImportances {
    private SampleImportances() {}

    static List<Importance> importances() {
        Object[][] rows = {
            {
                "results.share(statusId = Finished) last 400 days",
                "share of Finished among the driver's results in the last 400 days",
                0.148,
                -0.91,
                "drivers,results"
            },
            {
                "results.constructor.results.share(Finished) last 120 days",
                "share of Finished among the results of the driver's last constructor in the last 120 days",
                0.117,
                -0.84,
                "drivers,results,constructors,results"
            },
            {
                "target.mean last 5",
                "mean of the label over the driver's last 5 seed times whose window was over",
                0.094,
                0.88,
                "drivers,results"
            },
            {
                "results.mean(positionOrder) last 120 days",
                "mean of positionOrder over the driver's results in the last 120 days",
                0.081,
                0.62,
                "drivers,results"
            },
            {"standings.last(points)", "points in the driver's latest standing", 0.066, -0.57, "drivers,standings"},
            {"age(dob)", "years from dob to the cut-off", 0.052, 0.08, "drivers"},
            {
                "qualifying.trend(position) last 400 days",
                "trend of position over the driver's qualifying rows in the last 400 days",
                0.047,
                0.41,
                "drivers,qualifying"
            },
            {"cutoff.month", "month of the cut-off", 0.039, -0.11, "drivers"},
            {"results.days_since_last", "days since the driver's last result", 0.037, 0.33, "drivers,results"},
            {
                "results.last(constructorId)",
                "constructorId of the driver's latest result",
                0.035,
                Double.NaN,
                "drivers,results"
            },
            {
                "constructor_standings.last(wins)",
                "wins in the latest standing of the driver's last constructor",
                0.031,
                -0.52,
                "drivers,results,constructors,constructor_standings"
            },
            {"results.std(laps)", "standard deviation of laps over the driver's results", 0.03, 0.29, "drivers,results"
            },
            {
                "results.races.circuits.distinct",
                "number of different circuits among the driver's results",
                0.026,
                -0.36,
                "drivers,results,races,circuits"
            },
            {
                "results.count last 120 days",
                "number of the driver's results in the last 120 days",
                0.024,
                -0.2,
                "drivers,results"
            },
            {"nationality", "nationality of the driver", 0.021, Double.NaN, "drivers"},
        };
        List<Importance> importances = new ArrayList<>();
        for (Object[] row : rows) {
            double direction = (double) row[3];
            List<String> path = List.of(((String) row[4]).split(","));
            Feature feature = new Feature(
                    (String) row[0],
                    Double.isNaN(direction) ? Feature.Type.CATEGORICAL : Feature.Type.NUMERIC,
                    (String) row[1],
                    "q" + importances.size(),
                    path,
                    path.size() > 1
                            ? TimeBound.BEFORE_CUTOFF
                            : ((String) row[0]).startsWith("cutoff") ? TimeBound.CUTOFF_ONLY : TimeBound.STATIC);
            double share = (double) row[2];
            importances.add(new Importance(feature, share * 1.9, share, direction));
        }
        return importances;
    }
}
