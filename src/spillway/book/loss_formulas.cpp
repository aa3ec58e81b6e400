#include "spillway/book/formula_lists.h"

namespace spillway::book {

namespace {

constexpr std::string_view kCredit = "docs/formulas/credit.md";
constexpr std::string_view kBreakEven = "docs/formulas/break-even.md";
constexpr std::string_view kLife = "docs/formulas/average-life-and-duration.md";
constexpr std::string_view kOutputs = "docs/outputs.md";
constexpr std::string_view kScenarios = "docs/scenarios.md";
constexpr std::string_view kLosses = "docs/deal-format.md#losses";
constexpr std::string_view kBma = "BMA/SIFMA Standard Formulas (1999)";

constexpr Formula kFormulas[] = {
    {"loss_grid", "class", "The class or combination.", "", kOutputs, ""},
    {"loss_grid", "speed_pct", "Percent of the scenario's prepayment curves.", "", "docs/formulas/prepayment.md", ""},
    {"loss_grid", "cdr_pct", "Constant annual default rate of every loan group.", "MDR = 1 - (1 - CDR)^(1/12)", kCredit, kBma},
    {"loss_grid", "severity_pct", "Part of the balance at default that is lost.", "", kCredit, kBma},
    {"loss_grid", "pool_loss_pct", "Realized losses less subsequent recoveries to the run's end, over the cut-off balance.",
     "100 x sum (losses_k - subsequent recoveries_k) / pool at cut-off", kOutputs, ""},
    {"loss_grid", "price", "Per 100 of original balance, without accrued interest.", "", "docs/formulas/discount-margin.md", ""},
    {"loss_grid", "dm_bps", "The margin over the index in discounting at which the class is worth its price.",
     "price = 100 / original balance x (sum CF_k / prod_{j<=k} (1 + (L_j + DM) x d_j / 360) - accrued)",
     "docs/formulas/discount-margin.md", kBma},
    {"loss_grid", "yield_pct", "The rate, compounded twice a year, at which the class's cash is worth its price.",
     "price = 100 / original x (sum CF_k x (1 + y/2)^(-2 t_k) - accrued)", "docs/formulas/yield.md", kBma},
    {"loss_grid", "wal", "Years from settlement to each payment of principal, weighted by the principal paid; write-downs do not count.",
     "WAL = sum P_k x years_k / sum P_k", kLife, kBma},
    {"loss_grid", "mdur", "Years to each payment, weighted by its present value, over one plus the yield of a compounding period.",
     "MDUR = (sum t_k x CF_k x DF_k / sum CF_k x DF_k) / (1 + BEY / 2)", kLife, kBma},
    {"loss_grid", "written_down", "All write-downs of the class, made good later or not.", "sum written down_k", kOutputs, ""},
    {"loss_grid", "made_good", "Write-ups and reimbursements of write-downs.", "sum (written up_k + allocated loss paid_k)", kOutputs, ""},
    {"loss_grid", "principal_loss", "Balance and written-down amount still owed when the run ends.",
     "ending balance + allocated loss at the end", kBreakEven, ""},
    {"loss_grid", "principal_loss_pct", "Principal loss over the original balance.", "100 x principal loss / original balance", kOutputs, ""},
    {"loss_grid", "interest_shortfall", "Current interest not paid when due, made good later or not.",
     "sum (interest due_k - accrued_k - interest paid_k)", kOutputs, ""},
    {"loss_grid", "unpaid_interest", "Interest, and what it bore, still owed when the run ends.", "", kOutputs, ""},
    {"loss_grid", "unpaid_basis_risk", "Basis risk carried forward when the run ends.", "", kOutputs, ""},
    {"loss_grid", "first_write_down", "Period of the first write-down.", "first k with written down_k > 0", kOutputs, ""},

    {"break_evens", "class", "The class or combination.", "", kOutputs, ""},
    {"break_evens", "target", "Up to where the class is held to be whole.", "", kBreakEven, ""},
    {"break_evens", "speed_pct", "Percent of the scenario's prepayment curves.", "", "docs/formulas/prepayment.md", ""},
    {"break_evens", "severity_pct", "Part of the balance at default that is lost.", "", kCredit, kBma},
    {"break_evens", "cdr_pct", "The highest constant CDR of every loan group at which the class is whole.",
     "largest CDR with shortfall(CDR) <= min($0.50, 5e-10 x original balance)", kBreakEven, ""},
    {"break_evens", "pool_loss_pct", "The pool's realized losses less subsequent recoveries at that CDR, over its cut-off balance.",
     "100 x sum (losses_k - subsequent recoveries_k) / pool at cut-off", kBreakEven, ""},
    {"break_evens", "outcome", "Whether there is such a rate.", "", kBreakEven, ""},
    {"break_evens", "evaluations", "Runs that the search took.", "", kBreakEven, ""},
    {"break_evens", "loss_*_bps_above", "Principal loss of the class so many basis points of CDR above the break-even.",
     "ending balance + allocated loss at the end", kBreakEven, ""},

    {"credit_schedule", "period", "Payment date, counted from 1.", "", "docs/conventions.md", ""},
    {"credit_schedule", "payment_date", "Business day on which money moves.", "", "docs/conventions.md", ""},
    {"credit_schedule", "pool_ending", "Balance of all loans not liquidated, after the month.", "", kCredit, ""},
    {"credit_schedule", "overcollateralization", "Pool less classes, after the payment date.", "pool ending - sum of class balances", kOutputs, ""},
    {"credit_schedule", "excess_spread", "Net interest collected and net hedge payments less interest due on the classes.",
     "net interest + hedge net payment - sum of interest due", kOutputs, ""},
    {"credit_schedule", "excess_spread_pct", "Excess spread as an annual rate on the opening pool.",
     "100 x 12 x excess spread / pool beginning", kOutputs, ""},
    {"credit_schedule", "realized_losses", "Balance liquidated in the month less recoveries.", "", kCredit, kBma},
    {"credit_schedule", "losses_by_excess", "Losses that excess cash flow paid for; below 0: principal that went elsewhere.", "", kLosses, ""},
    {"credit_schedule", "losses_by_oc", "Losses that lowered the overcollateralization; below 0: it was built.", "", kLosses, ""},
    {"credit_schedule", "losses_written_down", "Write-downs of the classes less write-ups.", "", kLosses, ""},
    {"credit_schedule", "*_enhancement_pct", "What stands below the class and overcollateralization, over the pool.",
     "100 x (sum of balances below + overcollateralization) / pool ending", kOutputs, ""},

    {"triggers", "period", "Payment date, counted from 1.", "", "docs/conventions.md", ""},
    {"triggers", "payment_date", "Business day on which money moves.", "", "docs/conventions.md", ""},
    {"triggers", "*", "Whether the trigger is on, as its condition in the deal file says.", "", "docs/deal-format.md", ""},

    {"collateral_losses", "period", "Payment date, counted from 1.", "", "docs/conventions.md", ""},
    {"collateral_losses", "payment_date", "Business day on which money moves.", "", "docs/conventions.md", ""},
    {"collateral_losses", "performing", "Balance at the end of loans that have not defaulted.", "pool ending - foreclosure", kCredit, ""},
    {"collateral_losses", "defaulted", "Performing balance that defaults in the month.", "w(t) x B(t)", kCredit, kBma},
    {"collateral_losses", "advanced_principal", "Scheduled principal of loans in foreclosure that the servicer advances.", "", kCredit, kBma},
    {"collateral_losses", "advanced_interest", "Interest of loans in foreclosure that the servicer advances.", "", kCredit, kBma},
    {"collateral_losses", "recoveries", "Principal that liquidations bring, less advances taken back.", "balance - loss", kCredit, kBma},
    {"collateral_losses", "mi_claims", "Paid by mortgage insurers on liquidations.", "coverage x B(k), at most the severity", kCredit, ""},
    {"collateral_losses", "realized_losses", "Balance liquidated less recoveries.",
     "min(max(0, severity - coverage) x B(k), balance)", kCredit, kBma},
    {"collateral_losses", "subsequent_recoveries", "Cash of losses realized before.", "part x loss, a lag later", kCredit, ""},
    {"collateral_losses", "foreclosure", "Balance at the end that has defaulted and is not liquidated.", "", kCredit, ""},
    {"collateral_losses", "reo", "The part of it that is real estate owned.", "", kCredit, ""},
    {"collateral_losses", "delinquent_*", "Performing balance at the end so many days late.", "", kCredit, ""},
    {"collateral_losses", "cumulative_default_pct", "Defaults to date over the cut-off balance.",
     "100 x sum defaulted_k / pool at cut-off", kCredit, ""},
    {"collateral_losses", "cumulative_loss_pct", "Realized losses less subsequent recoveries to date over the cut-off balance.",
     "100 x sum (losses_k - subsequent recoveries_k) / pool at cut-off", kCredit, ""},

    {"residual", "period", "Payment date, counted from 1.", "", "docs/conventions.md", ""},
    {"residual", "payment_date", "Business day on which money moves.", "", "docs/conventions.md", ""},
    {"residual", "cash", "What the party received. The last row is the sum.", "", kScenarios, ""},
};

}  // namespace

std::span<const Formula> loss_formulas() { return kFormulas; }

}  // namespace spillway::book
