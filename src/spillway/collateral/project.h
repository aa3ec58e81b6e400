#pragma once
// Collateral projection: a pool under a scenario, loan by loan and month by month.

#include <functional>
#include <span>
#include <vector>

#include "spillway/assumptions/scenario.h"
#include "spillway/cashflow/cashflow.h"
#include "spillway/cashflow/side_by_side.h"
#include "spillway/pool/pool.h"
#include "spillway/rates/index_paths.h"

namespace spillway::collateral {

/// Whether fees are charged on loans that have not yet joined (`first_period` in the future).
enum class FeesBeforeJoining { never, first_period, always };

/// Calls a task with 0 ... count - 1, each once, in any order and on any threads, and returns when all are done.
using ForEach = std::function<void(std::size_t count, const std::function<void(std::size_t)>& task)>;

struct Settings {
  FeesBeforeJoining fees_before_joining = FeesBeforeJoining::first_period;
  ForEach for_each = {};  ///< how parts of a pass are run; none: one after the other. Results do not depend on it
};

/// Cash flows of the pool, by loan group and in total, to the last loan's maturity.
///
/// Period t pays interest of a full month on the opening balance, then scheduled principal (the level payment of the
/// surviving balance less interest; nothing while interest-only; all of it at maturity), then prepaid principal:
/// SMM x what scheduled principal left. Adjustable loans take index + margin, rounded where the loan says so, then
/// bound within the first or periodic cap of the current rate (both ways), then within floor and lifetime maximum; the
/// payment is recast at each reset and when an interest-only period ends. An adjustment k months after cut-off is
/// first paid in period k + 1 (later by the loan's rate-change lag); its index is fixed lookback days before the
/// adjustment date. A loan pays nothing before its `first_period`; its maturity, age and resets stay on the calendar.
///
/// Defaults, advances, liquidations, mortgage insurance, late payments and prepayment interest are as `Scenario::credit`
/// says (kernels::accumulate_credit has the formulas); the periods then go on until the last liquidation and subsequent
/// recovery. Loans that have not joined do not default. Credit that is idle changes no bit.
///
/// `indices` must hold every index of the pool (InvariantViolation otherwise). Loan order changes sums in the last bits
/// only. Pool identities are checked.
cashflow::CollateralCashFlows project(const pool::Pool& pool, const assumptions::Scenario& scenario,
                                      const rates::IndexPaths& indices, const Settings& settings = {});

/// One run of a pass: a speed and credit assumptions.
struct Case {
  double speed = 1.0;                           ///< in place of the scenario's
  const assumptions::Credit* credit = nullptr;  ///< in place of the scenario's; null: the scenario's own
};

/// True if many speeds and default rates can share one pass over the loans, exactly: what defaults does not depend on a loan's
/// own balance. False with a loss timing, which is then projected loan by loan.
bool shares_pass(const assumptions::Credit& credit);

/// The same for several cases at once, sharing one pass over the loans where that is exact (`shares_pass`).
std::vector<cashflow::CollateralCashFlows> project_cases(const pool::Pool& pool, const assumptions::Scenario& scenario,
                                                         std::span<const Case> cases, const rates::IndexPaths& indices,
                                                         const Settings& settings = {});

/// The same along several rate paths, all in one pass: entry p, c is path p under case c.
std::vector<std::vector<cashflow::CollateralCashFlows>> project_cases(const pool::Pool& pool, const assumptions::Scenario& scenario,
                                                                      std::span<const Case> cases,
                                                                      std::span<const rates::IndexPaths> paths,
                                                                      const Settings& settings = {});

/// The same for several speeds at once, sharing one pass over the loans: entry i equals
/// `project` with `scenario.speed = speeds[i]`, to the last bit.
std::vector<cashflow::CollateralCashFlows> project_speeds(const pool::Pool& pool,
                                                          const assumptions::Scenario& scenario,
                                                          std::span<const double> speeds,
                                                          const rates::IndexPaths& indices,
                                                          const Settings& settings = {});

/// What each loan comes to in one period (0 = period 1), by the definition of one loan: entry i of every series is loan i of the
/// pool. What a group does as a whole (late payments, compensating interest) is figured for each loan as if it were a group, and
/// may then add up to something else. The cut-off balance is left 0. `period` must lie in the run's (InvariantViolation otherwise).
cashflow::PoolVectors loans_in_period(const pool::Pool& pool, const assumptions::Scenario& scenario, const Case& given,
                                      const rates::IndexPaths& indices, const Settings& settings, std::size_t period);

/// A speed, and a period (0 = period 1) of it.
struct LoanPeriod {
  double speed = 1.0;
  std::size_t period = 0;
};

/// The same for several speeds and periods at once, without credit assumptions, whatever the scenario says of credit: loans are
/// carried once, to the last of the periods.
std::vector<cashflow::PoolVectors> loans_in_periods(const pool::Pool& pool, const assumptions::Scenario& scenario,
                                                    std::span<const LoanPeriod> asked, const rates::IndexPaths& indices,
                                                    const Settings& settings);

/// Takes the cash flows of consecutive paths, the first of which is path `first`; they last until it returns.
using UsePaths = std::function<void(std::size_t first, std::span<const cashflow::CollateralCashFlows> flows)>;

/// The same along many rate paths under one set of assumptions: path by path equal to `project`, to the last bit. What no path
/// enters is done once; where blocks have few loans and paths are many, the paths go side by side. `use` is called path after
/// path in order, a few at a time, so that no more than a few paths' cash flows are held.
void project_paths(const pool::Pool& pool, const assumptions::Scenario& scenario, std::span<const rates::IndexPaths> paths,
                   const Settings& settings, const UsePaths& use);

/// What is kept of paths side by side: loan groups too, or all of them only as far as the total needs them.
enum class Keep { groups, total };

/// The same where paths go side by side, as they lie then: quicker for what takes them so (waterfall::ManyRuns). False, and nothing
/// is called, where they do not.
using UseSideBySide = std::function<void(std::size_t first, const cashflow::CollateralSideBySide& flows)>;
bool project_side_by_side(const pool::Pool& pool, const assumptions::Scenario& scenario, std::span<const rates::IndexPaths> paths,
                          const Settings& settings, Keep keep, const UseSideBySide& use);

/// As project_paths, all paths at once.
std::vector<cashflow::CollateralCashFlows> project_paths(const pool::Pool& pool, const assumptions::Scenario& scenario,
                                                         std::span<const rates::IndexPaths> paths,
                                                         const Settings& settings = {});

/// Annual gross rate of one loan in each period, entry 0 = period 1, to its maturity: for explanation and tests.
std::vector<double> rate_path(const pool::Pool& pool, std::size_t loan, const assumptions::Scenario& scenario,
                              const rates::IndexPaths& indices);

}  // namespace spillway::collateral
