#pragma once
// A loan's paths had no one prepaid or defaulted. Private to collateral.

#include <limits>
#include <vector>

#include "spillway/assumptions/scenario.h"
#include "spillway/collateral/loan_rates.h"
#include "spillway/collateral/project.h"
#include "spillway/kernels/amortization.h"
#include "spillway/pool/pool.h"

namespace spillway::collateral {

/// A loan's terms after the scenario's assumed ones have replaced the tape's.
struct LoanTerms {
  int remaining_term;
  int amortization_term;
  int age;
  double gross_rate;
};

/// The scenario's assumed terms by position of the loan group.
std::vector<assumptions::AssumedTerms> assumed_by_group(const pool::Pool& pool, const assumptions::Scenario& scenario);

LoanTerms terms_of(const pool::Pool& pool, std::size_t loan, const std::vector<assumptions::AssumedTerms>& assumed);

/// Months to the last maturity.
int last_maturity(const pool::Pool& pool, const std::vector<assumptions::AssumedTerms>& assumed);

/// One loan's paths before survival, entry 0 = period 1.
struct PathBuffers {
  std::vector<double> opening, scheduled, rate;
  std::vector<RateSegment> segments;

  explicit PathBuffers(std::size_t periods) : opening(periods), scheduled(periods), rate(periods) {}
};

/// Fills the paths of a loan from period 1 to its maturity, or for its first `months` only.
void amortization_path(const pool::Pool& pool, std::size_t loan, const LoanTerms& terms, const FixingTables& fixings,
                       PathBuffers& path, int months = std::numeric_limits<int>::max());

/// Whether fees are charged in a month (0 = period 1) on a loan that has not joined.
bool charges_before_joining(const Settings& settings, std::size_t month);

kernels::FeeRates fees_of(const pool::Pool& pool, std::size_t loan);

}  // namespace spillway::collateral
