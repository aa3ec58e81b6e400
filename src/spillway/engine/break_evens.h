#pragma once
// How much default a class bears.

#include <string>
#include <vector>

#include "spillway/book/loss_tables.h"
#include "spillway/engine/run_book.h"

namespace spillway::engine {

/// Which break-even is asked for, under which run. The run's own CDR is what is solved for.
struct BreakEvenRequest {
  std::string class_name;                   ///< class or combination
  book::BreakEvenTarget target = book::BreakEvenTarget::principal;
  std::optional<double> margin;             ///< of a discount margin target, annual decimal
  RunRequest run;
  double price = 100.0;                     ///< per 100, for yields and margins
  std::string index;                        ///< the classes' index, for margins
  double tolerance = 1e-10;                 ///< width of the last bracket, as a CDR
};

/// How far above a break-even losses are shown, as a CDR.
inline constexpr double kBeyondBreakEven[] = {0.0001, 0.0005, 0.0010};

/// The break-evens of the plan, by class, severity, speed and target.
std::vector<BreakEvenRequest> break_even_requests(const Inputs& inputs);

/// Finds every break-even asked for. Runs of one scenario, speed and set of credit assumptions are shared. Problems of the
/// deal file that only a run can show come back as issues. The severity must be above 0 somewhere, or nothing is ever lost.
result::Result<std::vector<book::BreakEvenRow>> find_break_evens(const Inputs& inputs,
                                                                 const std::vector<BreakEvenRequest>& requests,
                                                                 const RunSettings& settings = {});

}  // namespace spillway::engine
