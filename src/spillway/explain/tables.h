#pragma once
// The numbers of each table explained. Private to explain.

#include "spillway/explain/explain.h"

namespace spillway::explain {

/// The run of a request, ready to be looked into.
RunView view_of(const Source& source, const engine::RunSet& runs, const engine::RunRequest& request, const Options& options);

/// The request behind a question about a table that has one run a row; empty: none is needed.
std::vector<engine::RunRequest> class_runs(const Source& source, const Question& question);
std::vector<engine::RunRequest> loss_runs(const Source& source, const Question& question);
std::vector<engine::RunRequest> decrement_runs(const Source& source, const Question& question);
std::vector<engine::RunRequest> yield_runs(const Source& source, const Question& question);
std::vector<engine::RunRequest> break_even_runs(const Source& source, const Question& question);  ///< finds it first

/// The run that cash flows are asked about.
engine::RunRequest cash_flow_run(const Source& source, const Options& options);

Explanation class_number(const Source& source, const Question& question, const engine::RunSet& runs, const Options& options);
Explanation enhancement_number(const Source& source, const Question& question, const Options& options);
Explanation available_rate_number(const RunView& view, const Question& question);
Explanation decrement_number(const RunView& view, const Question& question);
Explanation yield_number(const RunView& view, const Question& question);
Explanation break_even_number(const Source& source, const Question& question, const engine::RunSet& runs, const Options& options);
Explanation loss_number(const RunView& view, const Question& question);
Explanation schedule_number(const RunView& view, const Question& question);
Explanation cash_flow_number(const RunView& view, const Question& question);
Explanation strat_number(const Source& source, const Question& question, const Options& options);
Explanation summary_number(const Source& source, const Question& question, const Options& options);

/// Period keys count from 1.
std::size_t period_of(const Question& question, std::size_t key);

/// A part of one as a key: 1.5 is "150.00" with two decimals.
std::string percent_key(double value, int decimals = 2);

/// Columns of a class's cash flows that can be asked about.
std::vector<std::string> class_flow_columns();
std::vector<std::string> pool_flow_columns();

}  // namespace spillway::explain
