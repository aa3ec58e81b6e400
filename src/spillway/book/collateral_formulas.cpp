#include "spillway/book/formula_lists.h"

namespace spillway::book {

namespace {

constexpr std::string_view kStrats = "docs/stratifications.md";
constexpr std::string_view kConventions = "docs/conventions.md";
constexpr std::string_view kAmortization = "docs/formulas/amortization.md";
constexpr std::string_view kOutputs = "docs/outputs.md";
constexpr std::string_view kCredit = "docs/formulas/credit.md";
constexpr std::string_view kDeal = "docs/deal-format.md";

constexpr Formula kCollateral[] = {
    {"pool_summary", "item", "The line of the summary, as the stratification file states it.", "", kStrats, ""},
    {"pool_summary", "value",
     "By the item: a count, a sum, an average, an average weighted by current balance over the loans that have the value, or a share of the balance.",
     "sum B_i x a_i / sum B_i;  100 x sum B_i that count / sum B_i", kStrats, ""},
    {"pool_summary", "range_low", "The lowest value of any loan.", "min a_i", kStrats, ""},
    {"pool_summary", "range_high", "The highest value of any loan.", "max a_i", kStrats, ""},

    {"strats", "table", "The stratification table.", "", kStrats, ""},
    {"strats", "label", "The row: which values of the attribute it holds.", "", kStrats, ""},
    {"strats", "current_balance", "Sum of the current balances of the row's loans.", "sum B_i", kStrats, ""},
    {"strats", "loan_count", "Number of the row's loans.", "n", kStrats, ""},
    {"strats", "pct_of_total", "The row's balance over the balance of all loans the table is about.", "100 x sum B_i / B of the universe", kStrats, ""},
    {"strats", "average_balance", "The row's balance over its number of loans.", "sum B_i / n", kStrats, ""},
    {"strats", "min_wac", "Lowest gross rate of the row's loans.", "min rate_i", kStrats, ""},
    {"strats", "max_wac", "Highest gross rate of the row's loans.", "max rate_i", kStrats, ""},
    {"strats", "gross_wac", "Gross rate averaged by current balance.", "sum B_i x rate_i / sum B_i", kStrats, ""},
    {"strats", "net_wac", "Net rate averaged by current balance: gross less all fees and the mortgage insurance premium.",
     "sum B_i x net_i / sum B_i", kStrats, ""},
    {"strats", "remaining_term", "Months to maturity averaged by current balance.", "sum B_i x term_i / sum B_i", kStrats, ""},
    {"strats", "age", "Months since origination averaged by current balance.", "sum B_i x age_i / sum B_i", kStrats, ""},
    {"strats", "fico", "Credit score averaged by current balance over the loans that have one.", "sum B_i x score_i / sum B_i", kStrats, ""},
    {"strats", "orig_ltv", "Original loan to value averaged by current balance.", "sum B_i x ltv_i / sum B_i", kStrats, ""},
    {"strats", "wa_months_to_roll", "Months to the next adjustment averaged by current balance.", "sum B_i x months_i / sum B_i", kStrats, ""},
    {"strats", "is_total", "1 for the row of all loans the table is about.", "", kStrats, ""},
};

constexpr Formula kCashFlows[] = {
    {"cash_flows", "period", "Payment date, counted from 1.", "", kConventions, ""},
    {"cash_flows", "payment_date", "Business day on which money moves.", "", kConventions, ""},
    {"cash_flows", "days", "Days of the accrual period on the classes' day count.", "", kConventions, ""},
    {"cash_flows", "pool_beginning", "Balance of all loans before the month's collections.", "sum of loan balances", kAmortization, ""},
    {"cash_flows", "pool_gross_interest", "Interest of the month at the mortgage rates.", "sum B(t) x r(t) / 12", kAmortization, ""},
    {"cash_flows", "pool_servicing_fee", "Servicing fee of the month, less compensating interest.", "sum B(t) x fee / 12", kAmortization, ""},
    {"cash_flows", "pool_*_fee", "Fee of the month.", "sum B(t) x fee / 12", kAmortization, ""},
    {"cash_flows", "pool_mi_premium", "Mortgage insurance premium of the month.", "sum B(t) x premium / 12", kAmortization, ""},
    {"cash_flows", "pool_scheduled", "Principal that level payments retire.", "level payment - interest", kAmortization, ""},
    {"cash_flows", "pool_prepaid", "Principal paid ahead of schedule.", "SMM x (B(t) - scheduled)", "docs/formulas/prepayment.md", ""},
    {"cash_flows", "pool_ending", "Balance of all loans after the month; 0 once a call redeemed them.", "", kAmortization, ""},
    {"cash_flows", "pool_*", "An amount of the month's defaults, liquidations or late payments.", "", kCredit, ""},
    {"cash_flows", "overcollateralization", "Pool less classes, after the payment date.", "pool ending - sum of class balances", kOutputs, ""},
    {"cash_flows", "hedge_*", "Notional and net payment of the swaps; a payment below 0 is the trust's.",
     "notional x (index x days / 360 - fixed amount)", "docs/formulas/hedges.md", ""},
    {"cash_flows", "losses_*", "Who bore the month's realized losses.", "", "docs/deal-format.md#losses", ""},
    {"cash_flows", "*_beginning", "Balance before the payment date.", "", kConventions, ""},
    {"cash_flows", "*_rate_pct", "Rate the class accrues at, as its formula in the deal file says.", "", kDeal, ""},
    {"cash_flows", "*_interest_due", "Rate x balance before the payment date x day-count fraction.", "rate x B x days / 360", kConventions, ""},
    {"cash_flows", "*_interest", "Current interest paid, by the steps that pay interest.", "sum over steps", kDeal, ""},
    {"cash_flows", "*_principal", "Principal paid, by the steps that pay principal.", "sum over steps", kDeal, ""},
    {"cash_flows", "*_unpaid_interest_paid", "Unpaid interest of earlier periods paid.", "sum over steps", kDeal, ""},
    {"cash_flows", "*_basis_risk_paid", "Basis risk shortfall paid.", "sum over steps", kDeal, ""},
    {"cash_flows", "*_allocated_loss_paid", "Reimbursement of write-downs paid.", "sum over steps", kDeal, ""},
    {"cash_flows", "*_premium_paid", "Make-whole premium paid.", "sum over steps", kDeal, ""},
    {"cash_flows", "*_written_down", "Reduction of the balance by losses.", "sum over steps", "docs/deal-format.md#losses", ""},
    {"cash_flows", "*_written_up", "Rise of the balance by subsequent recoveries.", "sum over steps", "docs/deal-format.md#losses", ""},
    {"cash_flows", "*_unpaid_interest", "Unpaid interest carried out of the period.", "", kConventions, ""},
    {"cash_flows", "*_basis_risk", "Basis risk shortfall carried out of the period.",
     "carried x (1 + rate x fraction) + (stated rate - rate) x B x fraction - paid", "docs/formulas/available-funds-rate.md", ""},
    {"cash_flows", "*_allocated_loss", "Write-downs not made good, carried out of the period.", "", "docs/deal-format.md#losses", ""},
    {"cash_flows", "*_ending", "Balance after the payment date.", "beginning + accrued - principal - written down + written up", kConventions, ""},
    {"cash_flows", "*_deposits", "Paid into the account.", "", kDeal, ""},
    {"cash_flows", "*_draws", "Drawn from the account.", "", kDeal, ""},
    {"cash_flows", "*_target", "What the account is to hold.", "", kDeal, ""},
    {"cash_flows", "*", "A party's receipts, or a quantity or trigger of the deal file by its name.", "", kDeal, ""},
};

}  // namespace

std::span<const Formula> collateral_formulas() { return kCollateral; }
std::span<const Formula> cash_flow_formulas() { return kCashFlows; }

}  // namespace spillway::book
