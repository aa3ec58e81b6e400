#pragma once
// DealDefinition: a deal file as written, every formula still text with its place.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/deal/formula.h"
#include "spillway/result/issue.h"

namespace spillway::deal {

/// A tree of payment: given an amount, each node pays what it can and returns the rest.
struct Distribution {
  enum class Kind {
    leaf,        ///< a class or a party
    sequential,  ///< each child until satisfied
    pro_rata,    ///< children by what each is due, or by `formula`
    shares,      ///< children in fixed parts
    down_to,     ///< the child, until its classes' balance is down to `formula`
    at_most,     ///< the child, no more than `formula`
    choice       ///< children[0] if `formula` holds, else children[1]
  };
  Kind kind = Kind::leaf;
  Text name;                            ///< leaf
  Text formula;
  std::vector<double> parts;            ///< shares, decimals, one per child
  std::vector<Distribution> children;
  result::Location where;
};

/// What a step pays. Every clause of a waterfall is one of these with a source, a condition, an amount and a tree.
enum class Pay {
  interest, principal, unpaid_interest, basis_risk, allocated_loss, premium, fee, residual, deposit, write_down, write_up
};

/// True of payments that have a source; write-downs and write-ups move balances alone.
inline bool moves_cash(Pay pay) { return pay != Pay::write_down && pay != Pay::write_up; }

struct StepDefinition {
  std::string section;                  ///< the document's own number or heading
  std::string note;
  Pay pay = Pay::interest;
  std::vector<Text> from;               ///< funds and accounts, drawn in this order
  std::optional<Text> when;             ///< condition
  std::optional<Text> amount;           ///< money; unset: all there is
  Distribution to;
  result::Location where;
};

/// A pot of cash filled once a period: by a formula, or as the sum of other funds drawn in order.
struct FundDefinition {
  Text name;
  std::optional<Text> amount;
  std::vector<Text> draws_on;
};

/// How a quantity with memory is figured from its formula of this and earlier periods.
enum class Memory {
  none,
  average,   ///< mean over `over` periods
  sum,       ///< sum over `over` periods
  total,     ///< sum over all periods so far
  previous   ///< value at the end of the period before
};

/// A defined term. `before`: the step (by section) before which a moving quantity is fixed for the period.
struct QuantityDefinition {
  Text name;
  Text formula;
  std::optional<Text> before;
  Memory memory = Memory::none;
  int over = 1;                         ///< average, sum: this period and those before it, 1 to 120
  double initial = 0;                   ///< previous: value in period 1, dollars or an annual decimal
  bool is_rate = false;                 ///< previous: `initial` is a rate, and so is the quantity
};

/// What `cure: never` is.
inline constexpr int kNeverCured = 0;

/// A named condition that trips once it has held in `after` periods in a row, and is cured once it has failed in `cure`.
struct TriggerDefinition {
  Text name;
  Text when;                            ///< condition
  int after = 1;                        ///< periods, at least 1
  int cure = 1;                         ///< periods, at least 1; or kNeverCured
};

/// An account of the trust, such as a reserve fund: it keeps its cash from period to period.
struct AccountDefinition {
  Text name;
  double opening = 0;                   ///< dollars paid in at closing, not below 0
  Text target;                          ///< money
  std::optional<Text> floor;            ///< money the target is never below; unset: none
  std::optional<Text> earns;            ///< rate on the beginning balance; unset: no interest
};

/// A constant of a class, such as its margin.
struct ClassConstant {
  std::string name;
  double value = 0;
  bool is_rate = false;
  result::Location where;
};

struct ClassDefinition {
  Text name;
  std::string title;
  std::vector<std::pair<std::string, std::string>> ratings;  ///< agency -> rating
  double original_balance = 0;                               ///< dollars
  result::Location balance_where;
  std::optional<Text> notional;         ///< what interest is figured on, in place of a balance
  bool accrues = false;                 ///< interest is added to the balance instead of being paid
  Text rate;
  std::optional<Text> stated_rate;      ///< before any available-funds limit; what it exceeds `rate` by is basis risk
  std::optional<Text> unpaid_interest_rate;  ///< what carried unpaid interest accrues at; unset: none
  std::optional<Text> basis_risk_rate;  ///< what carried basis risk accrues at; unset: `rate`
  std::vector<ClassConstant> constants;
};

/// A class made of other classes, held in the proportions of their balances.
struct CombinationDefinition {
  Text name;
  std::string title;
  std::vector<Text> parts;
};

/// A series by period under a name: a planned balance given or derived from speeds, or amounts or rates that step.
struct ScheduleDefinition {
  Text name;
  std::vector<double> balances;         ///< dollars after each period's payment, entry 0 = period 1
  std::vector<std::pair<int, double>> steps;  ///< from period, value; ascending
  bool is_rate = false;                 ///< steps are rates, not money
  std::vector<std::pair<double, std::string>> speeds;  ///< derived: 100 "PSA", ...; values in the measure's own unit
  std::string principal_of;             ///< derived: "pool" or a loan group
  std::optional<double> start;          ///< derived: dollars before period 1; unset: all planned principal
  int lockout_months = 0;               ///< derived: periods without planned principal at the start
  result::Location where;
};

/// One assumed loan of a group, as prospectuses state their collateral.
struct AssumedLoan {
  Text group;
  double balance = 0;                   ///< dollars
  double rate = 0, net_rate = 0;        ///< annual decimals, gross and passed through
  int original_term = 0, remaining_term = 0, age = 0, interest_only_months = 0;
  result::Location where;
};

struct HedgeDefinition {
  Text swaps_file;
  Text index;
  std::optional<Text> notional_limit;   ///< money
};

/// An interest-rate cap or corridor that pays the trust: notional x max(0, min(index, ceiling) - strike) x days / 360.
struct CapDefinition {
  Text name;
  Text notional;                        ///< money
  Text strike;                          ///< rate
  std::optional<Text> ceiling;          ///< rate; unset: no ceiling
  Text index;
};

/// What a redemption owes beside balances: the present value of the cash forgone less the balance.
struct MakeWholeDefinition {
  Text index;
  double spread = 0;                    ///< over the index, annual decimal
};

struct CallDefinition {
  Text when;                            ///< condition
  std::optional<Text> proceeds;         ///< money; unset: the greater of pool balance and class balances, and premiums
  double part = 1.0;                    ///< of pool and classes, redeemed once; above 0, up to 1
  std::optional<MakeWholeDefinition> make_whole;
};

/// How fees a document states serve loans whose tape is silent: by loan group; "" = every group.
using FeeRates = std::map<std::string, double>;

struct DealDefinition {
  std::string file;
  std::string name;
  calendar::Date cut_off, settlement;
  calendar::ScheduleTerms schedule;
  std::string business_days;            ///< "new_york", "weekends"
  result::Location dates_where;

  Text tape_file;                       ///< empty: the pool is `assumed_loans`
  std::vector<AssumedLoan> assumed_loans;
  std::optional<Text> mapping_file, products_file;
  std::string fees_before_joining = "first_period";
  std::map<std::string, FeeRates> fees;  ///< servicing, master_servicing, trustees, mortgage_insurance
  std::vector<Text> fee_groups;          ///< every loan group that a fee names, with its place
  std::vector<std::pair<Text, std::string>> indices;  ///< name, title

  std::optional<HedgeDefinition> hedges;
  std::vector<CapDefinition> caps;
  std::vector<FundDefinition> funds;
  std::vector<QuantityDefinition> quantities;
  std::vector<TriggerDefinition> triggers;
  std::vector<AccountDefinition> accounts;
  std::vector<ClassDefinition> classes;
  std::vector<CombinationDefinition> combinations;
  std::vector<ScheduleDefinition> schedules;
  std::vector<std::pair<Text, std::vector<Text>>> class_groups;
  std::vector<std::pair<Text, std::string>> parties;   ///< name, title
  std::optional<CallDefinition> call;
  std::vector<StepDefinition> waterfall;
  std::optional<Text> credit_enhancement_target;       ///< quantity: OC the front page's enhancement assumes reached

  std::optional<Text> document_file, scenarios_file, strats_file;
  std::string published_folder;
};

}  // namespace spillway::deal
