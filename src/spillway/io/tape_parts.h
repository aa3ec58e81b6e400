#pragma once
// A tape too large to hold: what a first reading in blocks tells, and its loans again, part by part. Private to io.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "spillway/engine/inputs.h"
#include "spillway/io/memory_plan.h"
#include "spillway/io/scenario_reader.h"
#include "spillway/io/tape_blocks.h"
#include "spillway/io/tape_fees.h"

namespace spillway::io {

/// A tape read in blocks, and how its rows become loans. `definition` must have dates where loans are made (`makes_loans`).
struct PartsSource {
  TapeSource tape;
  deal::DealDefinition definition;
  MemoryPlan plan;

  bool makes_loans() const { return definition.cut_off.ok() && definition.schedule.first_payment.ok(); }
  result::WithIssues<pool::Pool> pool_of(const pool::LoanTape& block, const pool::FeeTerms& fees) const;
};

/// What the first reading finds.
struct TapeSurvey {
  std::set<std::string> groups;                  ///< the tape's own
  std::size_t tape_loans = 0;
  pool::PoolTotals totals;
  OtherFees other_fees;
  std::vector<result::Issue> tape_issues, pool_issues;  ///< as of the tape read whole, in its order
};
TapeSurvey survey_tape(const PartsSource& source);

/// Scenarios whose credit rules must be worked out on the loans of each part.
struct PartRules {
  std::string text, file;
  ScenarioContext context;          ///< without pool, tape and products
  bool any = false;
};

/// Reads the tape again, and makes the pool of each block.
class PartsReader {
 public:
  PartsReader(PartsSource source, pool::Pool names, pool::PoolTotals totals, PartRules rules);

  std::vector<result::Issue> operator()(const engine::LoanParts::Use& use, bool with_tape) const;

 private:
  std::vector<assumptions::Credit> credits_on(const pool::LoanTape& tape, const pool::Pool& pool) const;

  PartsSource source_;
  pool::Pool names_;
  pool::PoolTotals totals_;
  PartRules rules_;
};

}  // namespace spillway::io
