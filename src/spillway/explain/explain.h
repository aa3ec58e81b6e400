#pragma once
// Where a number of a book comes from: from its formula down to the loans.

#include <vector>

#include "spillway/explain/explanation.h"
#include "spillway/explain/path.h"
#include "spillway/explain/source.h"

namespace spillway::explain {

/// The runs that a question needs. They must be traced (RunSettings::trace).
std::vector<engine::RunRequest> runs_of(const Source& source, const Question& question, const Options& options = {});

/// Explains a number. `runs` must hold those of `runs_of`; others do not matter, so that one set serves many questions. A
/// period that the run does not reach is an issue. The loans of the tape must be held.
result::Result<Explanation> explain(const Source& source, const Question& question, const engine::RunSet& runs, const Options& options = {});

}  // namespace spillway::explain
